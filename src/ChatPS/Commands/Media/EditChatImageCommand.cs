using System.Management.Automation;
using ChatPS.Client.Images;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Makes pictures of other pictures and of a prompt that says what to change.</summary>
[Cmdlet(VerbsData.Edit, "ChatImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatImage), typeof(ChatJob))]
public sealed class EditChatImageCommand : ImageCmdlet
{
    private ImageFile? _mask;

    /// <summary>What to change.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What to change.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string Prompt { get; set; } = "";

    /// <summary>The pictures: paths, files, bytes, or pictures that were made before. Piped ones are edited each by itself, those of a list together.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The pictures to edit. Piped ones are edited each by itself, those of a list together.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Image { get; set; }

    /// <summary>A PNG of the size of the first picture, whose transparent places are to change.</summary>
    [Parameter(HelpMessage = "A PNG of the size of the first picture, whose transparent places are to change.")]
    [ValidateNotNullOrEmpty]
    public object? Mask { get; set; }

    /// <summary>How closely the result keeps to the pictures.</summary>
    [Parameter(HelpMessage = "How closely the result keeps to the pictures that were given: low or high.")]
    [Asks]
    [ArgumentCompleter(typeof(InputFidelityCompleter))]
    [ValidateNotNullOrEmpty]
    public string? InputFidelity { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _mask = Mask is null ? null : Require(() => PictureInput.Read(this, Mask, "-Mask")[0]);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object? item = Image;
        int index = NextIndex();
        Attempt(item, () => Make(ToRequest(item, index), item, "Edit a picture"), index);
    }

    private ImageRequest ToRequest(object? item, int index) => Template() with
    {
        Prompt = Prompt,
        Images = PictureInput.Read(this, item, "-Image"),
        Mask = _mask,
        InputFidelity = InputFidelity,
        Input = item,
        Index = index,
    };
}
