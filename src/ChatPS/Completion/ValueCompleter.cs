using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatPS.Completion;

/// <summary>Completes values that the services define and may add to, which is why nothing else is refused.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private readonly string[] _values;

    private protected ValueCompleter(params string[] values) => _values = values;

    internal IReadOnlyList<string> Values => _values;

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ArgumentCompletions.Matching(_values, wordToComplete);
}

/// <summary>Completes <c>-ReasoningEffort</c>.</summary>
public sealed class ReasoningEffortCompleter() : ValueCompleter("none", "minimal", "low", "medium", "high", "xhigh", "max");

/// <summary>Completes <c>-ReasoningSummary</c>.</summary>
public sealed class ReasoningSummaryCompleter() : ValueCompleter("auto", "concise", "detailed", "none");

/// <summary>Completes <c>-BuiltInTool</c>.</summary>
public sealed class BuiltInToolCompleter() : ValueCompleter("web_search", "web_fetch", "code_execution", "code_interpreter", "file_search", "google_maps", "google_search", "image_generation", "mcp", "url_context");

/// <summary>Completes <c>-Verbosity</c>.</summary>
public sealed class VerbosityCompleter() : ValueCompleter("low", "medium", "high");

/// <summary>Completes <c>-ServiceTier</c>.</summary>
public sealed class ServiceTierCompleter() : ValueCompleter("auto", "default", "flex", "scale", "priority", "fast", "ultrafast", "standard", "standard_only");

/// <summary>Completes <c>-Modality</c>.</summary>
public sealed class ModalityCompleter() : ValueCompleter("text", "audio");

/// <summary>Completes <c>-ResponseFormat</c>.</summary>
public sealed class ResponseFormatCompleter() : ValueCompleter("text", "json_object");

/// <summary>Completes <c>-ToolChoice</c>.</summary>
public sealed class ToolChoiceCompleter() : ValueCompleter("auto", "none", "required");

/// <summary>Completes <c>-PromptCacheRetention</c>.</summary>
public sealed class PromptCacheRetentionCompleter() : ValueCompleter("in_memory", "24h");

/// <summary>Completes <c>-Fault</c>.</summary>
public sealed class FaultCompleter() : ValueCompleter("429", "500", "Status", "Reset", "ResetMidStream", "MalformedJson", "EmptyBody", "Silence", "Stall", "TruncatedStream", "ErrorEvent", "HtmlPage");

/// <summary>Completes <c>-Role</c>.</summary>
public sealed class RoleCompleter() : ValueCompleter("system", "developer", "user", "assistant", "tool");

/// <summary>Completes <c>-ImageDetail</c>.</summary>
public sealed class ImageDetailCompleter() : ValueCompleter("auto", "low", "high");

/// <summary>Completes <c>-ResponseFormat</c> of ConvertTo-ChatSpeech.</summary>
public sealed class SpeechFormatCompleter() : ValueCompleter("mp3", "opus", "aac", "flac", "wav", "pcm");

/// <summary>Completes <c>-StreamFormat</c>.</summary>
public sealed class SpeechStreamFormatCompleter() : ValueCompleter("audio", "sse");

/// <summary>Completes <c>-Voice</c>.</summary>
public sealed class VoiceCompleter() : ValueCompleter("alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse");

/// <summary>Completes <c>-ResponseFormat</c> of ConvertFrom-ChatSpeech.</summary>
public sealed class TranscriptFormatCompleter() : ValueCompleter("json", "text", "verbose_json", "diarized_json", "srt", "vtt");

/// <summary>Completes <c>-TimestampGranularity</c>.</summary>
public sealed class TimestampGranularityCompleter() : ValueCompleter("word", "segment");
