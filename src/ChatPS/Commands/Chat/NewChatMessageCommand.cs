using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Makes a message for a conversation.</summary>
[Cmdlet(VerbsCommon.New, "ChatMessage")]
[OutputType(typeof(ChatMessage))]
public sealed class NewChatMessageCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, HelpMessage = "The text.")]
    [AllowEmptyString]
    public string? Text { get; set; }

    /// <summary>Who speaks.</summary>
    [Parameter(Position = 1, HelpMessage = "Who speaks.")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string Role { get; set; } = "user";

    /// <summary>Paths or addresses of images.</summary>
    [Parameter(HelpMessage = "Paths or addresses of images.")]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>How closely the model looks at the images.</summary>
    [Parameter(HelpMessage = "How closely the model looks at the images.")]
    [ArgumentCompleter(typeof(ImageDetailCompleter))]
    public string? ImageDetail { get; set; }

    /// <summary>Paths of WAV or MP3 files.</summary>
    [Parameter(HelpMessage = "Paths of WAV or MP3 files.")]
    [ValidateNotNullOrEmpty]
    public string[] Audio { get; set; } = [];

    /// <summary>Paths of files such as PDFs.</summary>
    [Parameter(HelpMessage = "Paths of files such as PDFs.")]
    [ValidateNotNullOrEmpty]
    public string[] File { get; set; } = [];

    /// <summary>Ids of files that were uploaded before.</summary>
    [Parameter(HelpMessage = "Ids of files that were uploaded before.")]
    [ValidateNotNullOrEmpty]
    public string[] FileId { get; set; } = [];

    /// <summary>A name that tells apart speakers of the same role.</summary>
    [Parameter(HelpMessage = "A name that tells apart speakers of the same role.")]
    public string? Name { get; set; }

    /// <summary>The tool call that the message answers.</summary>
    [Parameter(HelpMessage = "The tool call that the message answers.")]
    public string? ToolCallId { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Create());
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, Text));
        }
    }

    private ChatMessage Create()
    {
        if (!ChatRoles.Exists(Role))
        {
            throw Failures.Invalid($"-Role: there is no role '{Role}'.", "Use system, developer, user, assistant, tool or function.");
        }

        if (Role == "tool" && string.IsNullOrEmpty(ToolCallId))
        {
            throw Failures.Invalid("-Role tool needs -ToolCallId: an answer of a tool belongs to a call.", "Give the Id of the tool call that it answers.");
        }

        List<ChatContent> content = string.IsNullOrEmpty(Text) ? [] : [ChatContent.FromText(Text!)];
        content.AddRange(Image.Select(image => ImageSource.Load(this, image, ImageDetail)));
        content.AddRange(Audio.Select(audio => MediaFile.Audio(Resolve(audio), "-Audio")));
        content.AddRange(File.Select(file => MediaFile.File(Resolve(file), "-File")));
        content.AddRange(FileId.Select(id => new ChatContent { Type = "file", FileId = id }));
        if (content.Count == 0 && Role is not ("assistant" or "tool"))
        {
            throw Failures.Invalid("The message is empty.", "Give -Text, -Image, -Audio or -File.");
        }

        return new ChatMessage { Role = Role, Content = content, Name = Name, ToolCallId = ToolCallId };
    }

    private string Resolve(string path) => GetUnresolvedProviderPathFromPSPath(path);
}
