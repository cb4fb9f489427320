using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Media;
using ChatPS.Conversion;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>What cmdlets share that save what a service made.</summary>
public abstract class SaveMediaCmdlet : ServiceCmdlet
{
    private const string FolderSet = "Folder";
    private const string FileSet = "File";
    private const int AtOnce = 4;

    private MediaSaver? _saver;
    private int _items;
    private int _saved;

    private protected SaveMediaCmdlet()
    {
    }

    /// <summary>The folder that files are saved to; it is made if it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FolderSet, HelpMessage = "The folder that files are saved to; it is made if it is not there.")]
    [ValidateNotNullOrEmpty]
    public string? OutDirectory { get; set; }

    /// <summary>The file to save to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet, HelpMessage = "The file to save to; its ending follows what the content is.")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Pictures, sound and files, or answers that hold some.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "Pictures, sound and files, or answers that hold some.")]
    [AllowNull]
    [AllowEmptyCollection]
    public virtual object?[]? InputObject { get; set; }

    /// <summary>Replaces the file; in a folder, begins at 0001 again and replaces what is there.</summary>
    [Parameter(HelpMessage = "Replaces the file; in a folder, begins at 0001 again and replaces what is there.")]
    public SwitchParameter Force { get; set; }

    /// <summary>The most bytes of a file.</summary>
    [Parameter(HelpMessage = "The most bytes of a file; what is larger is an error.")]
    public long MaxBytes { get; set; } = MediaSaver.DefaultMaxBytes;

    private protected override int MaxConcurrency => AtOnce;

    private protected override int? CurrentIndex => MyInvocation.ExpectingInput && _items > 0 ? _items - 1 : null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _saver = Require(() => Path is { } path
            ? MediaSaver.AsFile(GetUnresolvedProviderPathFromPSPath(path), Force, MaxBytes)
            : MediaSaver.InFolder(GetUnresolvedProviderPathFromPSPath(OutDirectory!), Force, MaxBytes));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Path is not null && InputObject is { Length: > 1 })
        {
            Require(() => throw OnlyOne());
        }

        foreach (object? item in InputObject ?? [null])
        {
            int index = _items++;
            Attempt(item, () => Save(item), index);
        }
    }

    /// <summary>Gets what is saved, in words.</summary>
    private protected abstract string Wanted { get; }

    /// <summary>Chooses what is saved of what an item holds.</summary>
    /// <param name="found">What it holds.</param>
    /// <returns>What is to be saved.</returns>
    private protected virtual IReadOnlyList<ChatMedia> Choose(IReadOnlyList<ChatMedia> found) => found;

    /// <summary>Saves what an item holds.</summary>
    /// <param name="item">The item.</param>
    private protected virtual void Save(object? item)
    {
        IReadOnlyList<ChatMedia> found = Choose(MediaInput.Of(item));
        if (found.Count == 0)
        {
            // Among many answers some hold nothing: nothing went wrong.
            string what = Bare.Of(item) is string ? "text" : "answer";
            WriteWarning($"The {what} holds no {Wanted}, and links to none: {Printable.Line(item?.ToString() ?? "", 100)}");
            return;
        }

        RequireRoom();
        ChatMedia[] media = [.. found.Where(media => ShouldProcess(Printable.Line(media.ToString(), 200), $"Save to '{Path ?? OutDirectory}'"))];
        if (media.Length == 0)
        {
            return;
        }

        int place = TakePlace();
        for (int part = 0; part < media.Length; part++)
        {
            Save(media[part], item, place, part);
        }
    }

    /// <summary>Finds out whether there is a name for another item.</summary>
    /// <exception cref="ChatServiceException">There is none.</exception>
    private protected void RequireRoom()
    {
        if (Path is not null && _saved > 0)
        {
            throw OnlyOne();
        }
    }

    /// <summary>Takes the place of another item in the names.</summary>
    /// <returns>The place, from 0.</returns>
    private protected int TakePlace() => Saver.Take(_saved++);

    /// <summary>Gets what saves.</summary>
    private protected MediaSaver Saver => _saver!;

    private void Save(ChatMedia media, object? item, int place, int part)
    {
        // The pipeline's thread finds the connection: it may be a saved one.
        bool isFetched = media is { Data: null, Path: null } && (media.Url is { Length: > 0 } url ? !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) : media.FileId is not null);
        ServiceConnection? service = isFetched ? Connected(Known(media.Connection)) : null;
        Run(item, async (output, token) =>
        {
            await _saver!.SaveAsync(media, place, part, () => service!, Call(output), token);
            return media;
        });
    }

    private static ChatServiceException OnlyOne() => Failures.Invalid("-Path is one file, but there is more than one item.", "Name a folder with -OutDirectory, which gets a file for each item.");

    private static string? Known(string? connection) =>
        connection is not null && Module.ModuleState.Connections.List(Module.ModuleState.RunspaceId).Any(known => known.Name == connection) ? connection : null;
}
