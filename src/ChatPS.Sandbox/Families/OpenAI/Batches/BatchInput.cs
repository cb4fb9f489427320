using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>What a look through the file of a batch finds. No line is kept.</summary>
internal sealed class BatchInput
{
    private const int MostRequests = 50_000;
    private const long MostBytes = 200_000_000;
    private const int MostComplaints = 10;
    private const int BytesPerToken = 4;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<BatchComplaint> _complaints = [];
    private int _inputs;

    private BatchInput()
    {
    }

    /// <summary>What is wrong with it; empty if nothing is.</summary>
    public IReadOnlyList<BatchComplaint> Complaints => _complaints;

    /// <summary>How many requests there are.</summary>
    public int Requests { get; private set; }

    /// <summary>The model of all of them.</summary>
    public string? Model { get; private set; }

    /// <summary>About how many tokens they have.</summary>
    public long Tokens { get; private set; }

    /// <summary>Where the second half begins: at the first line that begins in the middle of the file or behind it.</summary>
    public long Middle { get; private set; }

    /// <summary>Looks through a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="endpoint">The endpoint that all requests must be for, without its version.</param>
    /// <param name="limits">What is allowed.</param>
    /// <returns>What was found.</returns>
    public static BatchInput Read(StoredFile file, string endpoint, SandboxLimits limits)
    {
        BatchInput input = new() { Tokens = file.Bytes / BytesPerToken };
        if (file.Bytes > (limits.BatchBytes ?? MostBytes))
        {
            input.Complain("file_too_large", "The file is larger than a batch may be.");
            return input;
        }

        using Stream stream = file.Content.OpenRead();
        input.Read(new LineReader(stream), file.Bytes, endpoint);
        if (input.Requests > (limits.BatchRequests ?? MostRequests))
        {
            input.Complain("too_many_requests", string.Format(CultureInfo.InvariantCulture, "The file has {0} requests; a batch may have {1}.", input.Requests, limits.BatchRequests ?? MostRequests));
        }

        if (endpoint == "/embeddings" && input._inputs > limits.BatchInputs)
        {
            input.Complain("too_many_inputs", string.Format(CultureInfo.InvariantCulture, "The file has {0} inputs; a batch may have {1}.", input._inputs, limits.BatchInputs));
        }

        if (input.Requests == 0 && input._complaints.Count == 0)
        {
            input.Complain("empty_file", "The input file is empty. Please ensure that the batch contains at least one request.");
        }

        input._ids.Clear();
        return input;
    }

    private void Read(LineReader lines, long bytes, string endpoint)
    {
        int number = 0;
        for (long offset = 0; lines.Read(out ReadOnlyMemory<byte> line) && _complaints.Count < MostComplaints; offset = lines.Offset)
        {
            number++;
            if (line.IsEmpty)
            {
                continue;
            }

            Requests++;
            Middle = Middle == 0 && offset * 2 >= bytes ? offset : Middle;
            try
            {
                using BatchLine request = BatchLine.Read(line);
                Check(request, number, endpoint);
            }
            catch (JsonException)
            {
                Complain("invalid_json_line", "This line is not parseable as valid JSON.", number);
            }
        }
    }

    private void Check(BatchLine request, int number, string endpoint)
    {
        if (request.Id is not { Length: > 0 } id)
        {
            Complain("missing_required_parameter", "Missing required parameter: 'custom_id'.", number);
        }
        else if (!_ids.Add(id))
        {
            Complain("duplicate_custom_id", $"The custom_id '{id}' for this line has already been used by another line.", number);
        }

        if (request.Method != "POST")
        {
            Complain("invalid_method", "The method of this line must be POST.", number);
        }

        if (request.Url is not { } url || BatchEndpoint.WithoutVersion(url) != endpoint)
        {
            Complain("mismatched_url", "The URL provided for this line does not match the batch endpoint.", number);
        }

        if (request.Body is null)
        {
            Complain("missing_required_parameter", "Missing required parameter: 'body'.", number);
        }

        Model ??= request.Model;
        if (request.Model is { } model && model != Model)
        {
            Complain("mismatched_model", $"The model '{model}' of this line is another than '{Model}'; all requests of a batch must be for one.", number);
        }

        _inputs += request.Inputs;
    }

    private void Complain(string code, string message, int? line = null) => _complaints.Add(new BatchComplaint(code, message, line));
}
