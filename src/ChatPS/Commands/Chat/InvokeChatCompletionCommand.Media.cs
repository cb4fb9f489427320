using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

// What goes with the prompt besides text, and where a spoken answer goes.
public sealed partial class InvokeChatCompletionCommand
{
    private AudioTarget? _audioTarget;

    /// <summary>Images beside the prompt: paths, addresses, files or bytes.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "Images beside the prompt: paths, addresses, files or bytes.")]
    [Parameter(ParameterSetName = AggregateSet, HelpMessage = "Images beside the prompt: paths, addresses, files or bytes.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "Images beside the prompt: paths, addresses, files or bytes.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Image { get; set; }

    /// <summary>How closely the model looks at the images, piped ones included.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "How closely the model looks at the images, piped ones included.")]
    [Parameter(ParameterSetName = AggregateSet, HelpMessage = "How closely the model looks at the images, piped ones included.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "How closely the model looks at the images, piped ones included.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageDetailCompleter))]
    public string? ImageDetail { get; set; }

    /// <summary>Files beside the prompt, each of which is what it holds: text, an image, audio or a PDF.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "Files beside the prompt, each of which is what it holds: text, an image, audio or a PDF.")]
    [Parameter(ParameterSetName = AggregateSet, HelpMessage = "Files beside the prompt, each of which is what it holds: text, an image, audio or a PDF.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "Files beside the prompt, each of which is what it holds: text, an image, audio or a PDF.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Attachment { get; set; }

    /// <summary>Ids of files that were uploaded before.</summary>
    [Parameter(ParameterSetName = PromptSet, HelpMessage = "Ids of files that were uploaded before.")]
    [Parameter(ParameterSetName = AggregateSet, HelpMessage = "Ids of files that were uploaded before.")]
    [Parameter(ParameterSetName = PromptFileSet, HelpMessage = "Ids of files that were uploaded before.")]
    [Asks(InPromptFile = false)]
    [ValidateNotNullOrEmpty]
    public string[] FileId { get; set; } = [];

    /// <summary>The file or folder that spoken answers are saved to.</summary>
    [Parameter(HelpMessage = "The file or folder that spoken answers are saved to.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? AudioPath { get; set; }

    /// <summary>Refuses to overwrite files at -AudioPath.</summary>
    [Parameter(HelpMessage = "Refuses to overwrite files at -AudioPath.")]
    [Runs]
    public SwitchParameter NoClobber { get; set; }

    private List<ChatContent> LoadAttachments() =>
    [
        .. ImageSource.LoadAll(this, Image, ImageDetail),
        .. ImageSource.Attach(this, Attachment),
        .. FileId.Select(id => new ChatContent { Type = "file", FileId = id }),
    ];

    private ChatRequest WithAudioPath(ChatRequest template)
    {
        if (AudioPath is not { } path)
        {
            return NoClobber ? throw Failures.Invalid("-NoClobber was given without -AudioPath.", "Name the file or the folder with -AudioPath.") : template;
        }

        return AudioTarget.Prepare(template, GetUnresolvedProviderPathFromPSPath(path), Stream || Show, NoClobber, out _audioTarget);
    }

    // An answer whose sound cannot be saved is an answer all the same: it has been paid for.
    private ChatCompletion? SaveAudio(ChatCompletion? answer, object? item, ItemOutput output)
    {
        if (answer is not null && _audioTarget is { } target)
        {
            try
            {
                target.Save(answer);
            }
            catch (ChatServiceException failure)
            {
                output.Fail(item, failure);
            }
        }

        return answer;
    }
}
