using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>What the attributes cannot say; reports every error at once.</summary>
internal sealed class HotStoreOptionsValidator : IValidateOptions<HotStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, HotStoreOptions options)
    {
        List<string> errors = [];
        if (options.Engine == HotStoreEngine.Redis && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            errors.Add("HotStore:ConnectionString is needed with HotStore:Engine Redis.");
        }

        if (!IsConnectionString(options.ConnectionString, out var keyword))
        {
            errors.Add($"HotStore:ConnectionString is not one of StackExchange.Redis: {keyword}");
        }

        if (options.PasswordFile is { } file && ProblemOf(file) is { } problem)
        {
            errors.Add($"HotStore:PasswordFile {problem}");
        }

        if (options.EmbeddedIndexMiB > options.EmbeddedMemoryMiB / 2)
        {
            errors.Add("HotStore:EmbeddedIndexMiB is at most half of HotStore:EmbeddedMemoryMiB.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <param name="problem">What the client says: it names the keyword that is wrong, not its value.</param>
    private static bool IsConnectionString(string? text, out string problem)
    {
        problem = "";
        try
        {
            _ = string.IsNullOrEmpty(text) ? null : ConfigurationOptions.Parse(text);
            return true;
        }
        catch (ArgumentException failure)
        {
            problem = failure.Message;
            return false;
        }
    }

    private static string? ProblemOf(string file)
    {
        try
        {
            return string.IsNullOrWhiteSpace(File.ReadAllText(file))
                ? $"{file} is empty: put the password there."
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {failure.Message}";
        }
    }
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class HotStoreRangesValidator : IValidateOptions<HotStoreOptions>;
