using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Garnet;
using Garnet.server;
using Garnet.server.Auth.Settings;
using StackExchange.Redis;
using Tsavorite.core;

namespace EcmrGateway.HotStore.Embedded;

/// <summary>Garnet inside this process: memory only, loopback only, behind a password made for this run.</summary>
/// <remarks>
/// It never touches the disk: no storage tier, no append-only file, no checkpoint. When its memory is full the oldest
/// records go, in the order of their first writing. The generation is the first record written after a reset and no
/// read copies it forward, so it is also the first to go: while it is there, nothing has been lost.
/// </remarks>
internal sealed class EmbeddedGarnet : IDisposable
{
    /// <summary>Another process may take the free port first; then the next one is tried.</summary>
    private const int PortAttemptsMax = 8;

    private readonly GarnetServer _server;
    private readonly IPEndPoint _endPoint;
    private readonly string _password;

    private EmbeddedGarnet(GarnetServer server, IPEndPoint endPoint, string password)
    {
        _server = server;
        _endPoint = endPoint;
        _password = password;
    }

    /// <exception cref="SocketException">No port of the loopback could be bound.</exception>
    public static EmbeddedGarnet Start(HotStoreOptions options)
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        for (var attempt = 1; ; attempt++)
        {
            var endPoint = FreeEndPoint();
            var server = new GarnetServer(Settings(options, endPoint, password));
            try
            {
                server.Start();
                return new(server, endPoint, password);
            }
            catch (SocketException) when (attempt < PortAttemptsMax)
            {
                server.Dispose();
            }
        }
    }

    public ConfigurationOptions Connection() => new() { EndPoints = { _endPoint }, Password = _password };

    public void Dispose() => _server.Dispose();

    private static GarnetServerOptions Settings(HotStoreOptions options, IPEndPoint endPoint, string password) => new()
    {
        EndPoints = [endPoint],
        AuthSettings = new PasswordAuthenticationSettings(password),
        QuietMode = true,
        LogMemorySize = MiB(options.EmbeddedMemoryMiB - options.EmbeddedIndexMiB),
        PageSize = "4m",
        IndexMemorySize = MiB(options.EmbeddedIndexMiB),

        // The native device aborts the process on Debian 12. None is used; this is for a default that changes.
        DeviceType = DeviceType.RandomAccess,
        EnableStorageTier = false,
        EnableAOF = false,
        CopyReadsToTail = false,
        DisablePubSub = true,

        // A record that grows is written anew; its old place is used again by another of about its size.
        UseRevivBinsPowerOf2 = true,
        RevivifiableFraction = 0.9,
        RevivNumberOfBinsToSearch = 1,

        // Rankings of past hours are not asked for any more, so that only a scan finds them expired.
        ExpiredKeyDeletionScanFrequencySecs = 60,
        MaxDatabases = 1,
        EnableLua = true,
        LuaOptions = new(LuaMemoryManagementMode.Native, "", Timeout.InfiniteTimeSpan, LuaLoggingMode.Disable, []),
        NetworkConnectionLimit = 64,
    };

    private static IPEndPoint FreeEndPoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static string MiB(int value) => string.Create(CultureInfo.InvariantCulture, $"{value}m");
}
