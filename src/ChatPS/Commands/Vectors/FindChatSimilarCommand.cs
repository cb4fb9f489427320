using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Similarity;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Finds the texts whose vectors are nearest to that of another.</summary>
[Cmdlet(VerbsCommon.Find, "ChatSimilar")]
[OutputType(typeof(ChatSimilarText))]
public sealed class FindChatSimilarCommand : ServiceCmdlet
{
    private const string SeveralQueries = "ChatPS.ChatSimilarText#SeveralQueries";

    private readonly VectorSet _set = new();
    private readonly List<VectorFile> _files = [];
    private readonly List<(VectorValue Vector, object? Item)> _gathered = [];
    private List<SimilarQuery> _queries = [];
    private bool _takesQueries;
    private bool _isSearching;
    private int _items;

    /// <summary>What is searched for: texts, embeddings, or vectors. Without it, what is piped in is searched for in the files of <see cref="Path"/>.</summary>
    [Parameter(Position = 0, HelpMessage = "What is searched for: texts, embeddings, or vectors.")]
    [ValidateNotNullOrEmpty]
    public object? Query { get; set; }

    /// <summary>The vectors that are searched; with <see cref="Path"/> and without <see cref="Query"/>, what is searched for.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "The vectors that are searched, or, with Path and without Query, what is searched for.")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The files of vectors that are searched.</summary>
    [Parameter(HelpMessage = "The files of vectors that are searched, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>How many of the best to find for each query.</summary>
    [Parameter(HelpMessage = "How many of the best to find for each query.")]
    [Alias("First")]
    public int Top { get; set; } = 5;

    /// <summary>The least score that is wanted, or the greatest distance.</summary>
    [Parameter(HelpMessage = "The least score that is wanted, or the greatest distance.")]
    public double Threshold { get; set; }

    /// <summary>How vectors are compared.</summary>
    [Parameter(HelpMessage = "How vectors are compared.")]
    [ValidateSet("Cosine", "DotProduct", "Euclidean")]
    public string Metric { get; set; } = nameof(VectorMetric.Cosine);

    /// <summary>The model that makes vectors of texts that are searched for.</summary>
    [Parameter(HelpMessage = "The model that makes vectors of texts that are searched for.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Compares the whole vectors where a file has them as bytes, too.</summary>
    [Parameter(HelpMessage = "Compares the whole vectors where a file has them as bytes, too.")]
    public SwitchParameter Exact { get; set; }

    // Results of several queries are shown query by query.
    internal override object Shape(object output)
    {
        if (_queries.Count < 2)
        {
            return output;
        }

        PSObject marked = new(output);
        marked.TypeNames.Insert(0, SeveralQueries);
        return marked;
    }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(() =>
        {
            if (Top < 1)
            {
                throw Failures.Invalid($"-Top is {Top}; it must be 1 or more.", "Give -Top 1 or more, or leave it out for 5.");
            }

            CheckThreshold();
            _takesQueries = Query is null && Path.Length > 0;
            _queries = Query is not null ? SimilarQuery.Read(Query)
                : _takesQueries && (MyInvocation.ExpectingInput || IsBound(nameof(InputObject))) ? []
                : throw Failures.Invalid("There is nothing to search for: -Query is missing.", "Name it, as in Find-ChatSimilar 'How do I rotate a key?' -Path docs.vec, or pipe texts to Find-ChatSimilar -Path docs.vec.");
            foreach (string file in Path.SelectMany(path => SessionPath.ResolveAll(this, path)))
            {
                Open(file);
            }

            CheckQueries();
        });
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (!IsBound(nameof(InputObject)))
        {
            return;
        }

        foreach (object? item in InputObject ?? [null])
        {
            int index = _items++;
            Attempt(item, () => Take(item, index), index);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (Path.Length == 0 && !MyInvocation.ExpectingInput && _items == 0)
        {
            Attempt(Query, () => throw Failures.Invalid("There is nothing to search.", "Pipe in what Get-ChatEmbedding emits, or name a file with -Path."));
        }

        if (_set.Count > 0 && _queries.Count > 0)
        {
            Attempt(Query, Search);
        }

        base.EndProcessing();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !_isSearching)
        {
            _files.ForEach(file => file.Dispose());
        }
    }

    private void Open(string path)
    {
        VectorFile file = VectorFile.Open(path);
        _files.Add(file);
        StoredVectors.WarnOfTornEnd(file, WriteWarning);
        _set.Add(file);
    }

    private void Take(object? item, int index)
    {
        if (_takesQueries)
        {
            SimilarQuery query = SimilarQuery.ReadItem(item, index);
            Check(query);
            _queries.Add(query);
            return;
        }

        if (Bare.Of(item) is FileInfo file)
        {
            Open(file.FullName);
            return;
        }

        VectorValue vector = VectorValue.Read(item, "-InputObject");
        _set.Add(vector.Floats, vector.Model);
        _gathered.Add((vector, item));
    }

    // What cannot be compared is found before anything is asked.
    private void CheckQueries() => _queries.ForEach(Check);

    private void Check(SimilarQuery query)
    {
        if (query.Vector is { } vector)
        {
            _set.CheckQuery(vector.Floats, vector.Model, ByMetric);
        }
    }

    private void CheckThreshold()
    {
        if (IsBound(nameof(Threshold)) && (double.IsNaN(Threshold) || (ByMetric == VectorMetric.Cosine && Threshold is < -1 or > 1)))
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Threshold is {Threshold}; a cosine lies between -1 and 1."), "Give -Threshold a value in that range, such as 0.5, or choose another -Metric.");
        }
    }

    private void Search()
    {
        CheckQueries();
        string[] texts = [.. _queries.Where(query => query.Vector is null).Select(query => query.Text!)];
        ServiceConnection? service = texts.Length > 0 ? Connected(_gathered.Select(item => item.Vector.Embedding?.Connection).FirstOrDefault()) : null;
        _isSearching = true;
        Run(Query, async (output, token) =>
        {
            try
            {
                Queue<float[]> asked = new(service is null ? [] : await QueryVectors.AskAsync(service.Embeddings, texts, Model, _set, ByMetric, Call(output), token));
                float[][] vectors = [.. _queries.Select(query => query.Vector?.Floats ?? asked.Dequeue())];
                IReadOnlyList<IReadOnlyList<VectorMatch>> found = _set.Find(vectors, ByMetric, Top, Exact, token);
                for (int query = 0; query < found.Count; query++)
                {
                    for (int rank = 0; rank < found[query].Count && IsWanted(found[query][rank].Score); rank++)
                    {
                        await output.EmitAsync(Result(found[query][rank], query, rank + 1), token);
                    }
                }

                return null;
            }
            finally
            {
                _files.ForEach(file => file.Dispose());
            }
        });
    }

    // Not a field: PowerShell lists the types of the module before the engine can be found.
    private VectorMetric ByMetric => (VectorMetric)Enum.Parse(typeof(VectorMetric), Metric, ignoreCase: true);

    private bool IsWanted(double score) => !IsBound(nameof(Threshold)) || (ByMetric == VectorMetric.Euclidean ? score <= Threshold : score >= Threshold);

    private ChatSimilarText Result(VectorMatch match, int query, int rank)
    {
        VectorRecord? record = match.File?.Record(match.Place);
        ChatEmbedding? embedding = match.File is null ? _gathered[(int)match.Place].Vector.Embedding : null;
        object? input = match.File is not null ? KeptProperties.ToObject(record!.Properties) : embedding is not null ? embedding.Input : _gathered[(int)match.Place].Item;
        TextPlace place = TextPlace.Of(input);
        return new ChatSimilarText
        {
            Score = match.Score,
            Rank = rank,
            Query = _queries[query].Text,
            QueryIndex = _queries[query].Index,
            Text = record?.Text ?? embedding?.Text ?? "",
            Source = place.Source,
            Line = place.Line,
            Heading = place.Heading,
            Input = input,
            Index = match.Place,
            Path = match.File?.Path,
            Model = match.File is not null ? StoredVectors.ModelOf(match.File) : embedding?.Model,
        };
    }
}
