using Microsoft.Extensions.Options;

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

        if (options.PasswordFile is { } file && !File.Exists(file))
        {
            errors.Add("HotStore:PasswordFile is not there.");
        }

        if (options.EmbeddedIndexMiB > options.EmbeddedMemoryMiB / 2)
        {
            errors.Add("HotStore:EmbeddedIndexMiB is at most half of HotStore:EmbeddedMemoryMiB.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
