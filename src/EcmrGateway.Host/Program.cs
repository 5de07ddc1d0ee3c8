using EcmrGateway.Host;

return await GatewayProgram.RunAsync(args);
