using System.Management.Automation;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Client.Images;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Makes pictures of prompts.</summary>
[Cmdlet(VerbsCommon.New, "ChatImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatImage), typeof(ChatJob))]
public sealed class NewChatImageCommand : ImageCmdlet
{
    private ItemText _itemText = ItemText.By(null);

    /// <summary>What to show, several each by itself; with piped items, what stands before each of them.</summary>
    [Parameter(Position = 0, HelpMessage = "What to show, several each by itself; with piped items, what stands before each of them.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string[]? Prompt { get; set; }

    /// <summary>Prompts, files of text, or objects of which <see cref="Property"/> is the prompt.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Prompts, files of text, or objects of which Property is the prompt.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is the prompt: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is the prompt, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The style of the picture.</summary>
    [Parameter(HelpMessage = "The style, such as vivid or natural, for models that take it.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageStyleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Style { get; set; }

    /// <summary>How much the model plans before it draws.</summary>
    [Parameter(HelpMessage = "How much the model plans before it draws: low, medium or high.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageComplexityCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Complexity { get; set; }

    /// <summary>How many frames an animated GIF has.</summary>
    [Parameter(HelpMessage = "How many frames an animated GIF has, 2 to 16.")]
    [Asks]
    public int FrameCount { get; set; }

    /// <summary>How long each frame of an animated GIF is shown, in milliseconds.</summary>
    [Parameter(HelpMessage = "How long each frame of an animated GIF is shown, in milliseconds.")]
    [Asks]
    public int FrameDurationMs { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _itemText = Require(() => ItemText.By(Property));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        bool isPiped = IsBound(nameof(InputObject));
        foreach (object? item in isPiped ? InputObject ?? [null] : Prompt ?? [""])
        {
            int index = NextIndex();
            Attempt(item, () => Make(ToRequest(isPiped ? Whole(_itemText.Read(item)) : item as string ?? "", item, index), item, "Make a picture"), index);
        }
    }

    private ImageRequest ToRequest(string text, object? item, int index) => Template() with
    {
        Prompt = text,
        Style = Style,
        Complexity = Complexity,
        FrameCount = Given(nameof(FrameCount), FrameCount),
        FrameDurationMs = Given(nameof(FrameDurationMs), FrameDurationMs),
        Input = item,
        Index = index,
    };

    private string Whole(string text) => Prompt is { } before ? $"{string.Join("\n", before)}\n\n{text}" : text;
}
