using System.Collections.Concurrent;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Moderation;
using ChatPS.Client.Runs;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Tells whether text or images are harmful.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatModeration")]
[OutputType(typeof(ChatModeration), typeof(PSObject), typeof(bool), typeof(ChatJob))]
public sealed class TestChatModerationCommand : BatchCmdlet
{
    private readonly Batch<ModerationItem> _texts;
    private readonly ConcurrentDictionary<int, PSObject> _rows = new();
    private ItemText _itemText = ItemText.By(null);
    private Checkpoint? _checkpoint;
    private Budget? _budget;

    /// <summary>Makes the command.</summary>
    public TestChatModerationCommand() => _texts = new Batch<ModerationItem>(ModerationService.MostTexts, items => Run(items, JudgeAsync, Restore));

    /// <summary>Texts, or files of text or images.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, HelpMessage = "Texts, or files of text or images.")]
    [Runs]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is judged: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is judged, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>Paths or addresses of images. With text they are judged together with it.</summary>
    [Parameter(HelpMessage = "Paths or addresses of images. With text they are judged together with it.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The moderation model.</summary>
    [Parameter(HelpMessage = "The moderation model.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Gives booleans instead of objects.</summary>
    [Parameter(HelpMessage = "Gives booleans instead of objects.")]
    [Runs]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Emits the input with the verdict added.</summary>
    [Parameter(HelpMessage = "Emits the input with the verdict added.")]
    [Runs]
    public SwitchParameter Merge { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _itemText = Require(() => ItemText.By(Property));
        Require(() => Merge && Quiet ? throw Failures.Invalid("-Merge and -Quiet were given together: the one emits the input with the verdict, the other the verdict alone.", "Leave out one of the two.") : true);
        Require(() => IsBound(nameof(MaxCost)) && Model is null ? throw Failures.Invalid("-MaxCost was given without -Model: the service chooses the model, and its price is not known.", "Name the model with -Model, and its price with -PriceTable.") : true);
        if (Require(HandsIn))
        {
            string? stray = new[] { nameof(Quiet), nameof(Merge) }.FirstOrDefault(IsBound);
            Outlet = Require(() => OpenBatch(Connected(), ChatBatchKind.Moderation, BatchPath, stray, RunParameters.From(this, Model)));
            return;
        }

        _budget = Require(OpenBudget);
        _checkpoint = Require(() => OpenCheckpoint(RunParameters.From(this, Model), _budget));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput && Image.Length > 0)
        {
            foreach (string image in Image)
            {
                int index = NextIndex();
                Attempt(image, () => SendAlone(new ModerationItem { Parts = [Load(image)], Input = image, Index = index }), index);
            }

            return;
        }

        foreach (object? item in InputObject ?? [null])
        {
            int index = NextIndex();
            Attempt(item, () => Take(item, index), index);
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
        object? value = _itemText.Choose(item);
        ChatContent part = value is FileInfo file ? MediaFile.Attachment(file.FullName, "-InputObject") : ChatContent.FromText(_itemText.Require(value));
        if (part.Type == "text" && string.IsNullOrWhiteSpace(part.Text))
        {
            throw Failures.Invalid("The input is empty.", "Give text, a file, or -Image.");
        }

        if (part.Type is "file" or "input_audio")
        {
            throw Failures.Invalid($"The file '{part.FileName}' is neither text nor an image.", "Moderation takes text, PNG, JPEG, GIF and WebP.");
        }

        if (Outlet is not null)
        {
            SendAlone(part.Type == "text" && Image.Length == 0
                ? new ModerationItem { Text = part.Text, Input = item, Index = index }
                : new ModerationItem { Parts = [part, .. Image.Select(Load)], Input = item, Index = index });
        }
        else if (part.Type == "text" && Image.Length == 0)
        {
            _texts.Hold(Claim(new ModerationItem { Text = part.Text, Input = item, Index = index }));
        }
        else
        {
            // What came before goes out before, even if there is no such image.
            _texts.Send();
            SendAlone(new ModerationItem { Parts = [part, .. Image.Select(Load)], Input = item, Index = index });
        }
    }

    private void SendAlone(ModerationItem item)
    {
        if (Outlet is not null)
        {
            Outlet.Add(item, Model);
        }
        else
        {
            _texts.SendAlone(Claim(item));
        }
    }

    private ChatContent Load(string image) => ImageSource.Load(this, image);

    // Rows are read here: their properties may be scripts, which other threads cannot run.
    private BatchItem<ModerationItem> Claim(ModerationItem item)
    {
        if (Merge)
        {
            _rows[item.Index] = MergedRow.Of(item.Input);
        }

        ModerationItem claimed = _checkpoint is null ? item : ModerationService.Claim(item, Model, Settings, _checkpoint);
        return new BatchItem<ModerationItem>(claimed, item.Input, claimed.Slot is { IsStored: true }, claimed.Index);
    }

    private async Task<IEnumerable<object>> JudgeAsync(ServiceConnection service, IReadOnlyList<ModerationItem> items, CallSettings settings, CancellationToken cancellationToken) =>
        (await service.Moderations.ModerateAsync(items, Model, settings, cancellationToken, _budget)).Select(Result);

    private object Restore(ServiceConnection service, ModerationItem item) => Result(service.Moderations.Restore(item)!);

    private object Result(ChatModeration moderation) => Quiet ? moderation.Flagged
        : Merge && _rows.TryRemove(moderation.Index, out PSObject? row) ? Merged(row, moderation)
        : moderation;

    // The categories as text, since a list has no place in a file of rows.
    private static PSObject Merged(PSObject row, ChatModeration moderation)
    {
        MergedRow.Set(row, nameof(ChatModeration.Flagged), moderation.Flagged);
        MergedRow.Set(row, nameof(ChatModeration.Categories), string.Join(", ", moderation.Categories));
        MergedRow.Set(row, "Score", moderation.Scores.Count > 0 ? moderation.Scores.Values.Max() : null);
        return row;
    }
}
