using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Similarity;
using ChatPS.Conversion;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Writes vectors, with their texts, to a file that can be searched.</summary>
[Cmdlet(VerbsData.Export, "ChatEmbedding", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportChatEmbeddingCommand : PSCmdlet, IDisposable
{
    private string _path = "";
    private bool _isWanted;
    private VectorFileWriter? _writer;
    private string Model = "";
    private int _items;
    private long _added;
    private long _known;

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true, HelpMessage = "The file, such as docs.vec.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The vectors that Get-ChatEmbedding or Import-ChatEmbedding emitted.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The vectors that Get-ChatEmbedding or Import-ChatEmbedding emitted.")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The properties of the items that are kept beside the texts.</summary>
    [Parameter(HelpMessage = "The properties of each Input that are kept beside the text.")]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Keeps the vectors as bytes, too, which are searched faster.</summary>
    [Parameter(HelpMessage = "Keeps the vectors as bytes, too, which are searched faster.")]
    public SwitchParameter Int8 { get; set; }

    /// <summary>Adds to a file that is there already what it has not yet.</summary>
    [Parameter(HelpMessage = "Adds to a file that is there already what it has not yet.")]
    public SwitchParameter Append { get; set; }

    /// <summary>Replaces a file that is there already, once all vectors are there.</summary>
    [Parameter(HelpMessage = "Replaces a file that is there already, once all vectors are there.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter(HelpMessage = "Emits the file.")]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Closes the file. What had come is kept, unless it was to replace a file.</summary>
    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (ChatServiceException)
        {
            // The pipeline has ended already, and takes no more errors.
        }
    }

    /// <inheritdoc />
    protected override void BeginProcessing() => Require(() =>
    {
        if (Append && Force)
        {
            throw Failures.Invalid("-Append and -Force were given together: the one adds to the file, the other replaces it.", "Leave out one of the two.");
        }

        _path = SessionPath.Resolve(this, Path);
        _isWanted = ShouldProcess(_path, Append ? "Add vectors" : Force ? "Write vectors in place of what is there" : "Write vectors");
        if (_isWanted)
        {
            VectorFileWriter.CheckPlace(_path, Mode);
        }
    });

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in _isWanted ? InputObject ?? [null] : [])
        {
            int index = _items++;
            try
            {
                Add(item);
            }
            catch (ChatServiceException failure)
            {
                failure.Index = index;
                WriteError(Errors.ToRecord(failure, new FailedItem(item, MyInvocation.ExpectingInput ? index : null)));
            }
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_writer is null)
        {
            return;
        }

        Require(() =>
        {
            _writer.Complete();
            _writer.Dispose();
        });
        if (_known > 0 && _added == 0)
        {
            WriteWarning(FormattableString.Invariant($"Nothing was added: '{_path}' has all {_known} texts already, with the same properties."));
        }
        else if (_known > 0)
        {
            WriteVerbose(FormattableString.Invariant($"{_added} vectors were added to '{_path}'; it had {_known} already."));
        }

        if (PassThru)
        {
            WriteObject(InvokeProvider.Item.Get([_path], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    // Not a field: PowerShell lists the types of the module before the engine can be found.
    private VectorFileMode Mode => Append ? VectorFileMode.Append : Force ? VectorFileMode.Replace : VectorFileMode.New;

    private void Add(object? item)
    {
        ChatEmbedding embedding = VectorValue.Read(item, "-InputObject").Embedding
            ?? throw Failures.Invalid("-InputObject: numbers alone have no text.", "Pipe in what Get-ChatEmbedding emits.");
        VectorRecord record = new(embedding.Text, KeptProperties.Of(embedding.Input, Property));
        string model = embedding.Model ?? "";
        _writer ??= Open(model, embedding.Vector.Length);
        if (model != Model)
        {
            throw Failures.Invalid($"The vector is of the model '{model}', those in '{_path}' are of '{Model}'.", "Keep vectors of different models in files of their own.");
        }

        if (_writer.Add(embedding.Vector, record))
        {
            _added++;
        }
        else
        {
            _known++;
        }
    }

    // Where the first cannot be written, none can.
    private VectorFileWriter Open(string model, int dimension)
    {
        VectorFileWriter? writer = null;
        Require(() => writer = VectorFileWriter.Open(_path, Mode, model, dimension, MyInvocation.BoundParameters.ContainsKey(nameof(Int8)) ? Int8.IsPresent : null));
        Model = model;
        if (writer!.RepairedBytes > 0)
        {
            WriteVerbose(FormattableString.Invariant($"The last block of '{_path}' had not been finished: {writer.RepairedBytes} bytes were removed."));
        }

        return writer;
    }

    private void Require(Action action)
    {
        try
        {
            action();
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, target: null));
        }
    }
}
