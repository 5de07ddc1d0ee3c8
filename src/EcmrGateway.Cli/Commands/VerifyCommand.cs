using System.CommandLine;
using System.Text.Json;
using Ecmr.Note.V1;
using EcmrGateway.Cli.Input;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client.Verify;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr verify</c>: receipts against the gateway's public key, off-line.</summary>
internal sealed class VerifyCommand
{
    private const int KeyBytesMax = 16 * 1024;

    private readonly Argument<string[]> _receipts = new("receipt")
    {
        Description = "Receipts, or folders with *.receipt.json",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _note = new("--note")
    {
        Description = "The note of the receipt: compares what was recorded with it",
    };

    private readonly Option<string?> _key = new("--key") { Description = "File with the gateway's public key in PEM" };

    private readonly Option<bool> _fetchKey = new("--fetch-key")
    {
        Description = "Ask the gateway for its key; a key kept from before proves more",
    };

    public static Command Create(CliApp app)
    {
        var verify = new VerifyCommand();
        var command = new Command("verify", "Verify receipts off-line") { Arguments = { verify._receipts } };
        command.Options.Add(verify._note);
        command.Options.Add(verify._key);
        command.Options.Add(verify._fetchKey);
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify._key) is null == !result.GetValue(verify._fetchKey))
            {
                result.AddError("Name the gateway's public key with --key FILE, or ask for it with --fetch-key.");
            }
        });
        app.SetAction(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var files = parsed.GetRequiredValue(_receipts).SelectMany(ReceiptFiles.Expand).ToArray();
        var key = parsed.GetValue(_key) is { } file ? ReadKey(file)
            : await PublicKey.FetchAsync(session.Address, cancellation).ConfigureAwait(false);
        var note = parsed.GetValue(_note) is { } path
            ? await ReadNoteAsync(path, session, cancellation).ConfigureAwait(false)
            : null;
        if (note is not null && files.Length != 1)
        {
            throw new CliUsageException("--note goes with one receipt.");
        }

        var verified = await ProgressView.RunAsync(session.Notices, "verifying", files.Length, report =>
            Task.Run(() => VerifyAll(session, files, key, note, report, cancellation), cancellation))
            .ConfigureAwait(false);
        if (!session.Json && files.Length != 1)
        {
            VerifyView.WriteSummary(session.Screen, files.Length, verified);
        }

        return verified == files.Length ? ExitCode.Ok : ExitCode.Refused;
    }

    private static int VerifyAll(
        CliSession session, string[] files, string key, ConsignmentNote? note, Action<long> report,
        CancellationToken cancellation)
    {
        var (done, verified) = (0, 0);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = ReceiptVerifier.Verify(ReceiptFiles.Read(file), key, note);
            verified += result.IsVerified ? 1 : 0;
            if (session.Json)
            {
                session.Host.Output.WriteLine(JsonSerializer.Serialize(
                    new VerifiedReceipt(file, result.IsVerified, result.Results), CliJson.Default.VerifiedReceipt));
            }
            else if (files.Length == 1 || !result.IsVerified)
            {
                VerifyView.Write(session.Screen, file, result);
            }

            report(++done);
        }

        return verified;
    }

    private static string ReadKey(string file) =>
        !File.Exists(file) ? throw new CliUsageException($"There is no file '{file}'.")
        : new FileInfo(file).Length > KeyBytesMax ? throw new CliUsageException($"'{file}' is too large for a key.")
        : File.ReadAllText(file);

    private static async Task<ConsignmentNote> ReadNoteAsync(
        string path, CliSession session, CancellationToken cancellation)
    {
        await foreach (var input in NoteFiles.ReadAsync([path], session.Host.Input, cancellation).ConfigureAwait(false))
        {
            return input.Reading.Note ?? throw new CliUsageException(
                $"'{path}' is no note: {input.Reading.Remarks[0].Path}: {input.Reading.Remarks[0].Reason}");
        }

        throw new CliUsageException($"'{path}' holds no note.");
    }
}

/// <summary>A receipt and what was found.</summary>
internal sealed record VerifiedReceipt(string File, bool IsVerified, IReadOnlyList<VerificationResult> Results);
