using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Tells whether text or images are harmful.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatModeration")]
[OutputType(typeof(ChatModeration), typeof(bool), typeof(ChatJob))]
public sealed class TestChatModerationCommand : ParallelCmdlet
{
    private readonly List<ModerationItem> _texts = [];

    /// <summary>Texts, or files of text or images.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>Paths or addresses of images. With text they are judged together with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The moderation model.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Gives booleans instead of objects.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput && Image.Length > 0)
        {
            foreach (string image in Image)
            {
                Attempt(image, () => SendOne(new ModerationItem { Parts = [Load(image)], Input = image, Index = NextIndex() }));
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

        if (part.Type == "file")
        {
            throw Failures.Invalid($"The file '{part.FileName}' is neither text nor an image.", "Moderation takes text, PNG, JPEG, GIF and WebP.");
        }

        if (part.Type == "text" && Image.Length == 0)
        {
            _texts.Add(new ModerationItem { Text = part.Text, Input = item, Index = index });
            if (_texts.Count == ModerationService.MostTexts)
            {
                SendTexts();
            }
        }
        else
        {
            // What came before goes out before: results keep the order of the input.
            SendTexts();
            SendOne(new ModerationItem { Parts = [part, .. Image.Select(Load)], Input = item, Index = index });
        }
    }

    private ChatContent Load(string image) => ImageSource.Load(this, image);

    private void SendOne(ModerationItem item)
    {
        ModerationService service = Service().Moderations;
        Run(item.Input, async (output, token) => Result(await service.ModerateAsync(item, Model, Call(output), token)));
    }

    private void SendTexts()
    {
        if (_texts.Count == 0)
        {
            return;
        }

        ModerationItem[] texts = [.. _texts];
        _texts.Clear();
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

        Run(texts.Length == 1 ? texts[0].Input : null, async (output, token) =>
        {
            IReadOnlyList<ChatModeration> results;
            try
            {
                results = await service.ModerateAsync(texts, Model, Call(output), token);
            }
            catch (ChatServiceException failure) when (texts.Length > 1)
            {
                foreach (ModerationItem text in texts)
                {
                    output.Fail(text.Input, failure);
                }

                return null;
            }

            foreach (ChatModeration result in results)
            {
                await output.EmitAsync(Result(result), token);
            }

            return null;
        }, texts.Length);
    }

    private object Result(ChatModeration moderation) => Quiet ? moderation.Flagged : moderation;
}
