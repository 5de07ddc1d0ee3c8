using EcmrGateway.Cli;

return await new CliApp(CliHost.OfProcess()).RunAsync(args, CancellationToken.None);
