namespace ChatPS.Completion;

/// <summary>Completes <c>-Size</c> of pictures.</summary>
public sealed class ImageSizeCompleter() : ValueCompleter("auto", "1024x1024", "1536x1024", "1024x1536", "1792x1024", "1024x1792", "2048x2048", "3840x2160");

/// <summary>Completes <c>-AspectRatio</c>.</summary>
public sealed class AspectRatioCompleter() : ValueCompleter("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21");

/// <summary>Completes <c>-Quality</c> of pictures.</summary>
public sealed class ImageQualityCompleter() : ValueCompleter("auto", "low", "medium", "high", "xhigh", "max", "standard", "hd");

/// <summary>Completes <c>-Background</c>.</summary>
public sealed class ImageBackgroundCompleter() : ValueCompleter("auto", "transparent", "opaque");

/// <summary>Completes <c>-OutputFormat</c>.</summary>
public sealed class ImageFormatCompleter() : ValueCompleter("png", "jpeg", "webp", "gif", "svg");

/// <summary>Completes <c>-Moderation</c> of pictures.</summary>
public sealed class ImageModerationCompleter() : ValueCompleter("auto", "low");

/// <summary>Completes <c>-Style</c>.</summary>
public sealed class ImageStyleCompleter() : ValueCompleter("vivid", "natural");

/// <summary>Completes <c>-ResponseFormat</c> of pictures.</summary>
public sealed class ImageResponseFormatCompleter() : ValueCompleter("b64_json", "url");

/// <summary>Completes <c>-Complexity</c>.</summary>
public sealed class ImageComplexityCompleter() : ValueCompleter("low", "medium", "high");

/// <summary>Completes <c>-InputFidelity</c>.</summary>
public sealed class InputFidelityCompleter() : ValueCompleter("low", "high");

/// <summary>Completes <c>-Form</c>.</summary>
public sealed class ImageFormCompleter() : ValueCompleter("OpenAI", "Ideogram", "IdeogramV3", "Stability", "Responses", "Gemini");
