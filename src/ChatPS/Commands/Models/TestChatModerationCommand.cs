using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Moderation;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Tells whether text or images are harmful.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatModeration")]
[OutputType(typeof(ChatModeration), typeof(bool), typeof(ChatJob))]
public sealed class TestChatModerationCommand : BatchCmdlet
{
    private readonly Batch<ModerationItem> _texts;
    private Checkpoint? _checkpoint;

    /// <summary>Makes the command.</summary>
    public TestChatModerationCommand() => _texts = new Batch<ModerationItem>(ModerationService.MostTexts, items => Run(items, JudgeAsync, Restore));

    /// <summary>Texts, or files of text or images.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Runs]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>Paths or addresses of images. With text they are judged together with it.</summary>
    [Parameter]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The moderation model.</summary>
    [Parameter]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Gives booleans instead of objects.</summary>
    [Parameter]
    [Runs]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _checkpoint = Require(() => OpenCheckpoint(RunParameters.From(this, Model)));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput && Image.Length > 0)
        {
            foreach (string image in Image)
            {
                Attempt(image, () => _texts.SendAlone(Claim(new ModerationItem { Parts = [Load(image)], Input = image, Index = NextIndex() })));
            }

            return;
        }

        foreach (object? item in InputObject ?? [null])
        {
            int index = NextIndex();
            Attempt(item, () => Take(item, index));
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        _texts.Send();
        base.EndProcessing();
    }

    private void Take(object? item, int index)
    {
        object? bare = item is PSObject wrapped ? wrapped.BaseObject : item;
        ChatContent part = bare switch
        {
            FileInfo file => MediaFile.Attachment(file.FullName, "-InputObject"),
            ChatAnswer or null or string or char => ChatContent.FromText(PlainObject.Text(bare)),
            _ when bare.GetType().IsPrimitive => ChatContent.FromText(PlainObject.Text(bare)),
            _ => throw Failures.Invalid(
                $"An object of type {bare.GetType().Name} is neither text nor a file.", "Choose the text, for example with ForEach-Object { $_.Body } or Select-Object -ExpandProperty Body."),
        };
        if (part.Type == "text" && string.IsNullOrWhiteSpace(part.Text))
        {
            throw Failures.Invalid("The input is empty.", "Give text, a file, or -Image.");
        }

        if (part.Type is "file" or "input_audio")
        {
            throw Failures.Invalid($"The file '{part.FileName}' is neither text nor an image.", "Moderation takes text, PNG, JPEG, GIF and WebP.");
        }

        if (part.Type == "text" && Image.Length == 0)
        {
            _texts.Hold(Claim(new ModerationItem { Text = part.Text, Input = item, Index = index }));
        }
        else
        {
            // What came before goes out before, even if there is no such image.
            _texts.Send();
            _texts.SendAlone(Claim(new ModerationItem { Parts = [part, .. Image.Select(Load)], Input = item, Index = index }));
        }
    }

    private ChatContent Load(string image) => ImageSource.Load(this, image);

    private BatchItem<ModerationItem> Claim(ModerationItem item)
    {
        ModerationItem claimed = _checkpoint is null ? item : ModerationService.Claim(item, Model, Settings, _checkpoint);
        return new BatchItem<ModerationItem>(claimed, item.Input, claimed.Slot is { IsStored: true }, claimed.Index);
    }

    private async Task<IEnumerable<object>> JudgeAsync(ServiceConnection service, IReadOnlyList<ModerationItem> items, CallSettings settings, CancellationToken cancellationToken) =>
        (await service.Moderations.ModerateAsync(items, Model, settings, cancellationToken)).Select(Result);

    private object Restore(ServiceConnection service, ModerationItem item) => Result(service.Moderations.Restore(item)!);

    private object Result(ChatModeration moderation) => Quiet ? moderation.Flagged : moderation;
}
