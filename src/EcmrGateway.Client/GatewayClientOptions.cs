using EcmrGateway.Client.Tokens;

namespace EcmrGateway.Client;

/// <summary>How a <see cref="GatewayClient"/> reaches the gateway.</summary>
public sealed record GatewayClientOptions
{
    /// <summary>Where a gateway listens on a developer's machine.</summary>
    public static readonly Uri LocalAddress = new("http://127.0.0.1:5080");

    /// <summary>Address of the gateway. http is HTTP/2 without TLS and is taken for loopback addresses only.</summary>
    public Uri Address { get; init; } = LocalAddress;

    /// <summary>
    /// Addresses of further copies of the same gateway, up to 64. Calls are spread over all that answer, and one that
    /// met a copy on its way out is made again at another.
    /// </summary>
    public IReadOnlyList<Uri> MoreAddresses { get; init; } = [];

    /// <summary>
    /// Allows http to other than loopback addresses, as behind a mesh that encrypts. Tokens travel in the clear.
    /// </summary>
    public bool AllowPlainText { get; init; }

    /// <summary>Null: calls are made without a token.</summary>
    public ITokenSource? Tokens { get; init; }

    /// <summary>Time for one unary call with its retries.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Notes on a stream that wait for an answer, 1 to 10,000.</summary>
    public int StreamWindow { get; init; } = 256;

    /// <summary>Attempts to open a stream again, or to hand in one note again, without progress in between.</summary>
    public int AttemptsMax { get; init; } = 8;

    /// <summary>Longest pause between attempts.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(15);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamWindow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StreamWindow, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(AttemptsMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MoreAddresses.Count, 64, nameof(MoreAddresses));
        Check(Address);
        foreach (var address in MoreAddresses)
        {
            Check(address);
            if (address.Scheme != Address.Scheme)
            {
                throw new ArgumentException($"The addresses {Address} and {address} are not both with or without TLS.");
            }
        }
    }

    private void Check(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"The address {address} is neither http nor https.");
        }

        if (address.Scheme == "http" && !address.IsLoopback && !AllowPlainText)
        {
            throw new ArgumentException(
                $"The address {address} is without TLS and not on this machine: tokens would travel in the clear.");
        }
    }
}
