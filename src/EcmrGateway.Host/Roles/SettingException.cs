namespace EcmrGateway.Host.Roles;

/// <summary>A setting keeps the gateway from starting; the message names it.</summary>
public sealed class SettingException(string message) : Exception(message);
