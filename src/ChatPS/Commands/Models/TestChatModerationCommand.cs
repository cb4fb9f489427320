using System.Management.Automation;
using ChatPS.Client.Checkpoints;
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
public sealed class TestChatModerationCommand : ParallelCmdlet
{
    private const int MostHeld = 1024;

    private readonly List<ModerationItem> _texts = [];
    private Checkpoint? _checkpoint;
    private int _unasked;

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
                Attempt(image, () => SendOne(Claim(new ModerationItem { Parts = [Load(image)], Input = image, Index = NextIndex() })));
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
        SendTexts();
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
            ModerationItem text = Claim(new ModerationItem { Text = part.Text, Input = item, Index = index });
            _texts.Add(text);
            _unasked += IsStored(text) ? 0 : 1;
            if (_unasked == ModerationService.MostTexts || _texts.Count == MostHeld)
            {
                SendTexts();
            }
        }
        else
        {
            // What came before goes out before: results keep the order of the input.
            SendTexts();
            SendOne(Claim(new ModerationItem { Parts = [part, .. Image.Select(Load)], Input = item, Index = index }));
        }
    }

    private ChatContent Load(string image) => ImageSource.Load(this, image);

    private ModerationItem Claim(ModerationItem item) => _checkpoint is null ? item : ModerationService.Claim(item, Model, Settings, _checkpoint);

    private static bool IsStored(ModerationItem item) => item.Slot is { IsStored: true };

    private void SendOne(ModerationItem item)
    {
        ModerationService service = Service().Moderations;
        Run(item.Input, async (output, token) => Result(service.Restore(item) ?? (await service.ModerateAsync([item], Model, Call(output), _checkpoint, token))[0]));
    }

    private void SendTexts()
    {
        if (_texts.Count == 0)
        {
            return;
        }

        ModerationItem[] texts = [.. _texts];
        _texts.Clear();
        _unasked = 0;
        if (texts.Length == 1)
        {
            Attempt(texts[0].Input, () => SendOne(texts[0]));
            return;
        }

        ModerationService service;
        try
        {
            service = Service().Moderations;
        }
        catch (ChatServiceException failure)
        {
            foreach (ModerationItem text in texts)
            {
                Fail(text.Input, failure);
            }

            return;
        }

        Run(target: null, (output, token) => JudgeAsync(service, texts, output, token), texts.Length);
    }

    // One request for the texts that no earlier run has judged. Its failure is theirs, each for itself.
    private async Task<object?> JudgeAsync(ModerationService service, ModerationItem[] texts, ItemOutput output, CancellationToken cancellationToken)
    {
        ModerationItem[] asked = [.. texts.Where(text => !IsStored(text))];
        Queue<ChatModeration> answers = [];
        ChatServiceException? failure = null;
        try
        {
            answers = new Queue<ChatModeration>(asked.Length == 0 ? [] : await service.ModerateAsync(asked, Model, Call(output), _checkpoint, cancellationToken));
        }
        catch (ChatServiceException exception) when (!Errors.EndsRun(exception))
        {
            failure = exception;
        }

        foreach (ModerationItem text in texts)
        {
            if (failure is not null && !IsStored(text))
            {
                output.Fail(text.Input, failure);
            }
            else
            {
                await output.EmitAsync(Result(service.Restore(text) ?? answers.Dequeue()), cancellationToken);
            }
        }

        return null;
    }

    private object Result(ChatModeration moderation) => Quiet ? moderation.Flagged : moderation;
}
