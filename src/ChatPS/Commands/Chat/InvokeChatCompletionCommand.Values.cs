using ChatPS.Completion;

namespace ChatPS.Commands;

// Words that services define, and may add to.
public sealed partial class InvokeChatCompletionCommand
{
    private void WarnOfUnknownValues()
    {
        WarnOfUnknown(nameof(ReasoningEffort), ReasoningEffort, new ReasoningEffortCompleter());
        WarnOfUnknown(nameof(Verbosity), Verbosity, new VerbosityCompleter());
        WarnOfUnknown(nameof(ServiceTier), ServiceTier, new ServiceTierCompleter());
        WarnOfUnknown(nameof(PromptCacheRetention), PromptCacheRetention, new PromptCacheRetentionCompleter());
    }

    // It may be a slip, or newer than this module.
    private void WarnOfUnknown(string parameter, string? value, ValueCompleter completer)
    {
        if (value is not null && !completer.Values.Contains(value, StringComparer.Ordinal))
        {
            WriteWarning($"-{parameter}: '{value}' is none of the known values ({string.Join(", ", completer.Values)}). It is sent as it is.");
        }
    }
}
