using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What is done when a client tells of an error that it itself goes on after.</summary>
internal static class ClientErrors
{
    private const string UserName = "sasl.username";

    private const string Password = "sasl.password";

    /// <summary>Writes it to the log; see <see cref="Renew"/>.</summary>
    public static void Told(IClient client, Error error, KafkaOptions kafka, ILogger logger)
    {
        KafkaLog.Write(logger, error);
        Renew(client, error, kafka);
    }

    /// <summary>
    /// A client that was refused takes the password that is in the file now, for when it tries again: a password can be
    /// changed while the gateway runs.
    /// </summary>
    public static void Renew(IClient client, Error error, KafkaOptions kafka)
    {
        var isRefused = error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed;
        if (!isRefused || !kafka.SettingFiles.ContainsKey(Password))
        {
            return;
        }

        try
        {
            var settings = KafkaSettings.Common(kafka);
            client.SetSaslCredentials(settings.GetValueOrDefault(UserName, ""), settings[Password]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is being replaced at this moment; the next refusal reads it.
        }
    }
}
