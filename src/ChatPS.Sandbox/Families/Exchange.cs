using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Requests;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families;

/// <summary>One request with its body read, while it is being answered.</summary>
internal sealed class Exchange : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly JsonDocument? _document;
    private readonly Lazy<Form> _form;
    private Action? _completed;

    private Exchange(HttpRequest http, SandboxRequest record, JsonDocument? document, Lazy<Form> form, Dialect dialect, string? key, Action completed)
    {
        Http = http;
        Record = record;
        _document = document;
        _form = form;
        Dialect = dialect;
        Key = key;
        _completed = completed;
    }

    public HttpRequest Http { get; }

    public SandboxRequest Record { get; }

    /// <summary>The body, where it is JSON.</summary>
    public JsonElement? Body => _document?.RootElement;

    /// <summary>The body where it is a form: fields and files.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public Form Form => _form.Value;

    /// <summary>The body where it lies on the disk: on routes that take a file.</summary>
    public BodyFile? File { get; private init; }

    /// <summary>The family of services that the request takes the sandbox for.</summary>
    public Dialect Dialect { get; }

    /// <summary>The key that the request brought; it is not recorded.</summary>
    public string? Key { get; }

    public TimeSpan Elapsed => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _start) / (double)Stopwatch.Frequency);

    /// <param name="http">The head.</param>
    /// <param name="body">The body, which must stay as it is until the exchange is disposed.</param>
    /// <param name="file">The body where it lies on the disk.</param>
    /// <param name="dialect">The family of services that it takes the sandbox for.</param>
    /// <param name="number">The request's number.</param>
    /// <param name="time">When it came.</param>
    /// <param name="completed">Called once, when the answer is about to be complete.</param>
    /// <param name="isKept">Whether its record is kept; one of the many requests of a batch is not, and masking takes longer than answering.</param>
    public static Exchange Read(HttpRequest http, ByteBuffer body, BodyFile? file, Dialect dialect, long number, DateTimeOffset time, Action completed, bool isKept = true)
    {
        JsonDocument? document = null;
        string text = file is not null ? Summary(http, file.Taken) : body.Length == 0 ? "" : ReadText(http, body, out document);
        Lazy<Form> form = new(() => Form.Read(http.Header("Content-Type"), body.Span));
        JsonElement root = document?.RootElement ?? (IsMultipart(http) && file is null ? ReadFields(form) : default);

        string? key = dialect.ReadKey(http, root);
        Secrets secrets = new(key, isKept);
        SandboxRequest record = new()
        {
            Number = number,
            Time = time.ToUniversalTime(),
            Method = http.Method,
            Path = secrets.InText(http.Path),
            Query = secrets.InQuery(http.Query),
            Headers = secrets.InHeaders(http.Headers),
            Body = document is null ? secrets.InText(text) : secrets.InJson(root, text),
            Model = dialect.ReadModel(http, root),
            Prompt = secrets.InOptional(dialect.ReadPrompt(root)),
            Stream = dialect.ReadStream(http, root),
        };
        return new Exchange(http, record, document, form, dialect, key, completed) { File = file };
    }

    /// <summary>
    /// Ends the record. Called before the last bytes are sent, so that a client that has its answer finds the record whole.
    /// </summary>
    public void Complete()
    {
        if (_completed is { } completed)
        {
            _completed = null;
            Record.Elapsed = Elapsed;
            completed();
        }
    }

    public void Dispose()
    {
        Complete();
        _document?.Dispose();
    }

    private static bool IsMultipart(HttpRequest http) => http.Header("Content-Type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    // The fields of a form tell of the model and the prompt as the members of JSON do. A form that cannot be read is refused where it is used.
    private static JsonElement ReadFields(Lazy<Form> form)
    {
        try
        {
            return Shape.ToElement(form.Value.Parts.Where(static part => part.FileName is null).GroupBy(static part => part.Name, StringComparer.Ordinal)
                .ToDictionary(static field => field.Key, static field => (object?)field.First().Text(), StringComparer.Ordinal));
        }
        catch (ApiException)
        {
            return default;
        }
    }

    private static string Summary(HttpRequest http, long length)
    {
        string type = http.Header("Content-Type") ?? "";
        return string.Format(CultureInfo.InvariantCulture, "[{0}, {1} bytes]", type.Length == 0 ? "no content type" : type.Split(';')[0], length);
    }

    private static string ReadText(HttpRequest http, ByteBuffer body, out JsonDocument? document)
    {
        document = null;
        string summary = Summary(http, body.Length);
        if (IsMultipart(http))
        {
            return summary;
        }

        try
        {
            string text = StrictUtf8.GetString(body.Array, 0, body.Length);
            document = JsonText.Parse(body.Memory);
            return text;
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body.Array, 0, body.Length);
        }
        catch (DecoderFallbackException)
        {
            return summary;
        }
    }
}
