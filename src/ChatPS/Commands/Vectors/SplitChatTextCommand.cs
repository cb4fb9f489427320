using System.Management.Automation;
using ChatPS.Client.Content;
using ChatPS.Client.Faults;
using ChatPS.Client.Splitting;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Cuts texts into pieces that are small enough to be searched.</summary>
[Cmdlet(VerbsCommon.Split, "ChatText")]
[OutputType(typeof(ChatTextPiece))]
public sealed class SplitChatTextCommand : PSCmdlet
{
    // In other files a line that begins with # is a remark.
    private static readonly string[] MarkdownExtensions = ["", ".md", ".markdown", ".mdown", ".mdx", ".qmd", ".rmd", ".txt"];

    private TextSplitter _splitter = new(null, null);
    private ItemText _itemText = ItemText.By(null);
    private string? _folder;
    private int _items;

    /// <summary>Texts, files of text, or objects of which <see cref="Property"/> is cut.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "Texts, files of text, or objects of which Property is cut.")]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is cut: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is cut, or a script block.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>How many tokens a piece has at most.</summary>
    [Parameter(HelpMessage = "How many tokens a piece has at most.")]
    public int MaxToken { get; set; }

    /// <summary>How many tokens of a piece the next one repeats at most.</summary>
    [Parameter(HelpMessage = "How many tokens of a piece the next one repeats at most.")]
    public int Overlap { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        try
        {
            _itemText = ItemText.By(Property);
            _splitter = new TextSplitter(Given(nameof(MaxToken), MaxToken), Given(nameof(Overlap), Overlap));
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, target: null));
        }

        _folder = SessionPath.Current(this);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            int index = _items++;
            if (!_itemText.IsProperty && Bare.Of(item) is DirectoryInfo folder)
            {
                WriteVerbose($"The folder '{folder.Name}' is skipped.");
                continue;
            }

            try
            {
                Split(item);
            }
            catch (ChatServiceException failure)
            {
                failure.Index = index;
                WriteError(Errors.ToRecord(failure, new FailedItem(item, MyInvocation.ExpectingInput ? index : null)));
            }
        }
    }

    private void Split(object? item)
    {
        object? value = _itemText.Choose(item);
        FileInfo? file = value as FileInfo;
        string text = file is null ? _itemText.Require(value) : file is { Exists: true, Length: 0 } ? "" : MediaFile.Text(file.FullName, "-InputObject");
        if (file is not null && string.IsNullOrWhiteSpace(text))
        {
            WriteWarning($"The file '{file.FullName}' has no text and is skipped.");
            return;
        }

        string? source = file is null ? null : SourceOf(file.FullName);
        bool isMarkdown = file is null || Array.IndexOf(MarkdownExtensions, file.Extension.ToLowerInvariant()) >= 0;
        int index = 0;
        foreach (TextPiece piece in _splitter.Split(text, isMarkdown))
        {
            WriteObject(new ChatTextPiece
            {
                Text = text.Substring(piece.Start, piece.Length),
                Source = source,
                Index = index++,
                Start = piece.Start,
                Line = piece.Line,
                Heading = piece.Heading,
                Tokens = piece.Tokens,
                Input = item,
            });
        }
    }

    private string SourceOf(string path) => _folder is not null && path.Length > _folder.Length && path.StartsWith(_folder, StringComparison.Ordinal) ? path.Substring(_folder.Length) : path;

    private int? Given(string parameter, int value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value : null;
}
