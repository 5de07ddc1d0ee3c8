using System.Runtime.CompilerServices;
using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client.Errors;
using EcmrGateway.Client.Submit;
using EcmrGateway.Client.Watch;
using Grpc.Core;
using Grpc.Net.Client;

namespace EcmrGateway.Client;

/// <summary>The gateway, for a transport system. One for each address and identity; safe for many threads.</summary>
/// <remarks>
/// Submitting is safe to repeat: the note's id was chosen by the caller, and the same note again gives the first
/// receipt.
/// That is why every wait here may be cut off, and why a lost connection is only tried again.
/// </remarks>
public sealed class GatewayClient : IDisposable
{
    private readonly GatewayClientOptions _options;
    private readonly GrpcChannel _channel;

    /// <exception cref="ArgumentException">An option is outside its limits.</exception>
    public GatewayClient(GatewayClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _channel = GatewayChannel.Open(options);
        Ingress = new IngressService.IngressServiceClient(_channel);
        Inspection = new InspectionService.InspectionServiceClient(_channel);
    }

    /// <summary>The service for shippers, as generated.</summary>
    public IngressService.IngressServiceClient Ingress { get; }

    /// <summary>The service for inspectors, as generated.</summary>
    public InspectionService.InspectionServiceClient Inspection { get; }

    /// <summary>Hands in one note. When it is answered as recorded, it is on the gateway's disk.</summary>
    /// <param name="requestId">A UUID; null: the note's id alone makes it repeatable.</param>
    /// <returns>The receipt, or why there is none. It does not throw for what the gateway answers.</returns>
    public async Task<SubmitAnswer> SubmitAsync(
        ConsignmentNote note, string? requestId, CancellationToken cancellation)
    {
        var request = new SubmitRequest { Note = note, RequestId = requestId ?? "" };
        try
        {
            var recorded = await Ingress.SubmitAsync(request, Unary(cancellation)).ConfigureAwait(false);
            return new(note, recorded, null);
        }
        catch (RpcException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            return new(note, null, GatewayError.From(exception));
        }
    }

    /// <summary>Hands in many notes on one stream, with a bounded number of unanswered ones.</summary>
    /// <returns>An answer for each note, in their order; a refused one does not end the stream.</returns>
    /// <exception cref="GatewayException">
    /// The stream cannot be opened (again), or the call is not permitted.
    /// </exception>
    public IAsyncEnumerable<SubmitAnswer> SubmitManyAsync(
        IAsyncEnumerable<ConsignmentNote> notes, CancellationToken cancellation) =>
        new SubmitStream(Ingress, SubmitAsync, _options).RunAsync(notes, cancellation);

    /// <summary>Reads a note of the own party with its receipt.</summary>
    /// <exception cref="GatewayException">There is no such note, or the call failed.</exception>
    public Task<GetConsignmentNoteResponse> GetAsync(string noteId, CancellationToken cancellation) =>
        CallAsync(options => Ingress.GetConsignmentNoteAsync(new() { NoteId = noteId }, options), cancellation);

    /// <summary>Follows the own party's notes without gaps; goes on after a lost connection.</summary>
    /// <param name="resumeToken">Token of the last answer seen; null: from the first note.</param>
    /// <param name="includeNotes">That answers carry the notes and not their ids alone.</param>
    public IAsyncEnumerable<WatchConsignmentNotesResponse> WatchAsync(
        string? resumeToken, bool includeNotes, CancellationToken cancellation) =>
        NoteWatch.RunAsync(Ingress, _options, resumeToken, includeNotes, cancellation);

    /// <summary>Follows the ranked vehicles of an area: the whole list again with every change.</summary>
    /// <remarks>Goes on after a lost connection.</remarks>
    /// <exception cref="GatewayException">The request is refused, or the gateway stays away.</exception>
    public IAsyncEnumerable<WatchRankedVehiclesResponse> WatchRankedAsync(
        WatchRankedVehiclesRequest request, CancellationToken cancellation) => Followed.RunAsync(
        () => Inspection.WatchRankedVehicles(request, cancellationToken: cancellation), _options, cancellation);

    /// <summary>Makes a unary call with the client's time limit and turns its failure into a typed one.</summary>
    /// <exception cref="GatewayException">The call failed.</exception>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call(Unary(cancellation)).ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            throw GatewayException.From(exception);
        }
    }

    /// <summary>Reads a server stream to its end and turns its failure into a typed one.</summary>
    /// <exception cref="GatewayException">The call failed.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        AsyncServerStreamingCall<T> call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        using (call)
        {
            while (await NextAsync().ConfigureAwait(false))
            {
                yield return call.ResponseStream.Current;
            }
        }

        async Task<bool> NextAsync()
        {
            try
            {
                return await call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
            }
            catch (RpcException exception)
            {
                cancellation.ThrowIfCancellationRequested();
                throw GatewayException.From(exception);
            }
        }
    }

    public void Dispose() => _channel.Dispose();

    private CallOptions Unary(CancellationToken cancellation) =>
        new(deadline: _options.Time.GetUtcNow().UtcDateTime + _options.CallTimeout, cancellationToken: cancellation);
}
