using System.Globalization;
using System.Text;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>
/// Works on the requests of a batch, from file to file. The second half of them comes first, so that nobody can count on the order.
/// </summary>
/// <param name="options">What the sandbox was started with.</param>
/// <param name="id">The id of the batch.</param>
/// <param name="path">The path that the requests go to.</param>
/// <param name="input">The file with the requests.</param>
internal sealed class BatchRun(FamilyOptions options, string id, string path, StoredFile input)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _output = options.Files.Folder.NewPath();
    private readonly string _errors = options.Files.Folder.NewPath();
    private int _number;

    /// <summary>How many requests have been answered.</summary>
    public int Completed { get; private set; }

    /// <summary>How many have failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Works on a piece of the file.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">How long it is, in bytes.</param>
    /// <param name="head">The head of the request that looks on, for the key.</param>
    /// <param name="notRun">Why its requests are not run; null to run them.</param>
    public void Work(long offset, long length, HttpRequest head, string? notRun = null)
    {
        if (length == 0)
        {
            return;
        }

        HttpRequest http = Head(head);
        using Stream stream = input.Content.OpenRead(offset, length);
        using StreamWriter output = new(_output, append: true, Utf8) { NewLine = "\n" };
        using StreamWriter errors = new(_errors, append: true, Utf8) { NewLine = "\n" };
        LineReader lines = new(stream);
        while (lines.Read(out ReadOnlyMemory<byte> line))
        {
            if (!line.IsEmpty)
            {
                using BatchLine request = BatchLine.Read(line);
                _number++;
                if (notRun is null)
                {
                    Answer(request, http, output, errors);
                }
                else
                {
                    Failed++;
                    errors.WriteLine(NotRun(request.Id!, notRun));
                }
            }
        }
    }

    /// <summary>Gives the results to the files of the service.</summary>
    /// <param name="lifetime">How long they live.</param>
    /// <returns>The ids of the files; null for one that would be empty.</returns>
    public (string? Output, string? Errors) Keep(TimeSpan? lifetime) => (Keep(_output, "output", lifetime), Keep(_errors, "error", lifetime));

    private void Answer(BatchLine request, HttpRequest http, StreamWriter output, StreamWriter errors)
    {
        string name = request.Id!;
        InnerAnswer answer = options.Ask(http, Utf8.GetBytes(request.Body!.Value.GetRawText()));
        string prompt = answer.Prompt ?? "";
        if (prompt.Contains(TaskWords.Lose))
        {
            return;
        }

        string? notRun = prompt.Contains(TaskWords.Expire) ? "batch_expired" : prompt.Contains(TaskWords.Cancel) ? "batch_cancelled" : null;
        bool isGood = notRun is null && answer.StatusCode == 200 && !prompt.Contains(TaskWords.Fail);
        Completed += isGood ? 1 : 0;
        Failed += isGood ? 0 : 1;
        if (notRun is not null)
        {
            errors.WriteLine(NotRun(name, notRun));
        }
        else if (isGood)
        {
            string line = Line(name, answer.StatusCode, answer.Json);
            output.WriteLine(prompt.Contains(TaskWords.Damage) ? line.Substring(0, line.Length / 2) : line);
        }
        else
        {
            string line = answer.StatusCode == 200
                ? Line(name, 400, PlainJson.ToText(ApiError.Invalid("The prompt asks for a failure.", "messages").ToShape()))
                : Line(name, answer.StatusCode, answer.Json);

            // Some services put what failed beside what did not.
            (prompt.Contains(TaskWords.Odd) ? output : errors).WriteLine(line);
        }
    }

    private HttpRequest Head(HttpRequest look) => new()
    {
        Method = "POST",
        Path = path,
        Query = "",
        IsForProxy = false,
        Headers = new Dictionary<string, string>(look.Headers, StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" },
        IsHttp11 = true,
        KeepAlive = true,
        ExpectsContinue = false,
        ContentLength = 0,
    };

    private string Line(string name, int status, string body) => string.Format(
        CultureInfo.InvariantCulture,
        "{{\"id\":\"{0}\",\"custom_id\":{1},\"response\":{{\"status_code\":{2},\"request_id\":\"{3}\",\"body\":{4}}},\"error\":null}}",
        Id("batch_req"),
        PlainJson.ToText(name),
        status,
        Id("req"),
        body);

    private string NotRun(string name, string code) => string.Format(
        CultureInfo.InvariantCulture,
        "{{\"id\":\"{0}\",\"custom_id\":{1},\"response\":null,\"error\":{{\"code\":\"{2}\",\"message\":\"{3}\"}}}}",
        Id("batch_req"),
        PlainJson.ToText(name),
        code,
        code == "batch_expired" ? "This request could not be executed before the completion window expired." : "This request was not executed: the batch was cancelled.");

    private string Id(string prefix) => string.Format(CultureInfo.InvariantCulture, "{0}_{1}_{2:D6}", prefix, id, _number);

    private string? Keep(string file, string kind, TimeSpan? lifetime)
    {
        FileInfo info = new(file);
        if (!info.Exists || info.Length == 0)
        {
            return null;
        }

        StoredFile kept = options.Files.Add(FileStore.OpenAI, $"{id}_{kind}.jsonl", "batch_output", new FileContent(new FileSegment(file, 0, info.Length)), lifetime);
        return options.Files.Change(kept, static made => made with { IsMade = true }).Id;
    }
}
