using ChatPS.Client.Faults;

namespace ChatPS.Client.Similarity;

/// <summary>What is searched: the vectors of files and others, all of one model.</summary>
public sealed class VectorSet
{
    private readonly List<VectorFile> _files = [];
    private readonly List<VectorBuffer> _gathered = [];
    private string? _model;
    private string _first = "";

    /// <summary>The model of all; null as long as it is not known.</summary>
    public string? Model => _model;

    /// <summary>How many numbers each vector has; 0 as long as there is none.</summary>
    public int Dimension { get; private set; }

    /// <summary>How many vectors there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the vectors of a file. It must be open as long as the set is searched.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ChatServiceException">They are of another model or dimension.</exception>
    public void Add(VectorFile file)
    {
        Check(file.Dimension, file.Model.Length > 0 ? file.Model : null, $"those in '{file.Path}'");
        _files.Add(file);
        Count += file.Count;
    }

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="model">The model that made it; null if that is not known.</param>
    /// <exception cref="ChatServiceException">It is of another model or dimension, or cannot be compared.</exception>
    public void Add(float[] vector, string? model)
    {
        VectorBuffer buffer = _gathered.Count > 0 && !_gathered[_gathered.Count - 1].IsFull ? _gathered[_gathered.Count - 1] : new VectorBuffer(vector.Length, hasCodes: false);
        _ = VectorMath.Length(vector);
        Check(vector.Length, model, "this one");
        buffer.Add(vector);
        if (buffer.Count == 1)
        {
            _gathered.Add(buffer);
        }

        Count++;
    }

    /// <summary>Finds out whether a vector can be searched for.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="model">The model that made it; null if that is not known.</param>
    /// <param name="metric">How it is to be compared.</param>
    /// <exception cref="ChatServiceException">It cannot; it says why.</exception>
    public void CheckQuery(float[] vector, string? model, VectorMetric metric)
    {
        if (VectorMath.Length(vector) == 0 && metric == VectorMetric.Cosine)
        {
            throw Failures.Invalid("-Query: the vector has the length 0, and so no angle to others.", "Give another vector, or use -Metric DotProduct or Euclidean.");
        }

        Check(vector.Length, model, "-Query");
    }

    /// <summary>Finds the best for each of several vectors.</summary>
    /// <param name="queries">What is searched for.</param>
    /// <param name="metric">How vectors are compared.</param>
    /// <param name="top">How many to find for each.</param>
    /// <param name="isExact">Whether the whole vectors are compared where they are there as bytes, too.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>For each query the best, the best first; of equal ones the earlier first.</returns>
    public IReadOnlyList<IReadOnlyList<VectorMatch>> Find(
        IReadOnlyList<float[]> queries, VectorMetric metric, int top, bool isExact, CancellationToken cancellationToken)
    {
        List<VectorBlock> blocks = [];
        List<(VectorFile? File, int Block, long First)> origins = [];
        foreach (VectorFile file in _files)
        {
            origins.AddRange(file.Blocks.Select((_, block) => ((VectorFile?)file, block, file.Place(block, 0))));
            blocks.AddRange(file.Blocks);
        }

        long gathered = 0;
        foreach (VectorBuffer buffer in _gathered)
        {
            origins.Add((null, 0, gathered));
            blocks.Add(buffer.ToBlock());
            gathered += buffer.Count;
        }

        return [.. VectorSearch.Find(blocks, queries, metric, top, isExact, cancellationToken).Select(hits =>
            (IReadOnlyList<VectorMatch>)[.. hits.Select(hit => new VectorMatch(origins[hit.Block].File, origins[hit.Block].First + hit.Row, hit.Score))])];
    }

    private void Check(int dimension, string? model, string what)
    {
        if (Dimension != 0 && dimension != Dimension)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"The vectors have different lengths: {_first} {Dimension} numbers, {what} {dimension}. They cannot be compared."),
                "Compare vectors of one model and one dimension.");
        }

        if (_model is not null && model is not null && model != _model)
        {
            throw Failures.Invalid($"The vectors are of different models: {_first} of '{_model}', {what} of '{model}'. They cannot be compared.", "Compare vectors of one model.");
        }

        if (Dimension == 0)
        {
            Dimension = dimension;
            _first = what == "this one" ? "the first has" : what;
        }

        _model ??= model;
    }
}
