using System.Collections.Concurrent;
using System.Reflection;
using EcmrGateway.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>
/// Stands before the gateway's own ledger: tells what was asked of it, and may refuse entries or fail.
/// </summary>
public class WatchedLedger : DispatchProxy
{
    private INoteLedger _own = null!;
    private Watch _watch = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _watch.Calls.Enqueue(targetMethod!.Name);
        if (args is [EntryDraft, ..] && _watch.Failure is { } failure)
        {
            return new ValueTask<AppendResult>(Task.FromException<AppendResult>(failure));
        }

        return args is [EntryDraft draft, ..] && draft.Kind == _watch.Refused
            ? new ValueTask<AppendResult>(
                new AppendResult(AppendStatus.Unavailable, LedgerPosition.None, Receipt: null))
            : targetMethod.Invoke(_own, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }

    /// <summary>What was asked of a ledger, and what it is to refuse.</summary>
    public sealed class Watch
    {
        /// <summary>Names of the members of <see cref="INoteLedger"/> that were called, in their order.</summary>
        public ConcurrentQueue<string> Calls { get; } = [];

        /// <summary>Entries of this kind cannot be written; null: all can.</summary>
        public EntryKind? Refused { get; set; }

        /// <summary>What every append fails with; null: none does.</summary>
        public Exception? Failure { get; set; }

        /// <summary>Puts itself before the ledger of a gateway that is being built.</summary>
        public void Apply(WebApplicationBuilder builder) =>
            builder.Host.UseServiceProviderFactory(new Factory(this));
    }

    /// <summary>The gateway registers its ledger last, so it is taken out when the container is made.</summary>
    private sealed class Factory(Watch watch) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            var own = services.Single(service => service.ServiceType == typeof(INoteLedger)).ImplementationFactory!;
            return services.Replace(ServiceDescriptor.Singleton(provider =>
            {
                var ledger = Create<INoteLedger, WatchedLedger>();
                var proxy = (WatchedLedger)(object)ledger;
                proxy._own = (INoteLedger)own(provider);
                proxy._watch = watch;
                return ledger;
            }));
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) =>
            containerBuilder.BuildServiceProvider();
    }
}
