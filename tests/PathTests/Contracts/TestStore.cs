using EcmrGateway.HotStore;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A hot store that a test may wipe behind its back.</summary>
internal abstract class TestStore : IAsyncDisposable
{
    public abstract IHotStore Store { get; }

    /// <summary>Takes everything away, as FLUSHALL does.</summary>
    public abstract Task WipeAsync();

    /// <summary>Loses at least what was written last.</summary>
    public abstract Task StepBackAsync();

    public abstract ValueTask DisposeAsync();
}
