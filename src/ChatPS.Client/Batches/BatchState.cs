using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>
/// What a batch is, and how far: enough to go on with it in another process, or on another machine that has the connection. It is
/// small; the requests and their inputs lie beside it.
/// </summary>
internal sealed class BatchState
{
    /// <summary>The format of the file. Raised when older releases could not read what is written.</summary>
    public const int Format = 1;

    /// <summary>Gets or sets the format that the file was written in.</summary>
    [JsonPropertyName("chatps")]
    [JsonRequired]
    public int Version { get; set; } = Format;

    /// <summary>Gets or sets the batch's own id, which the ids of its requests begin with.</summary>
    public string Id { get; set; } = "";

    /// <summary>Gets or sets what its requests ask for.</summary>
    public ChatBatchKind For { get; set; }

    /// <summary>Gets or sets the name of the connection.</summary>
    public string Connection { get; set; } = "";

    /// <summary>Gets or sets the address of the service: a connection of that name elsewhere may be another.</summary>
    public string Address { get; set; } = "";

    /// <summary>Gets or sets the dialect that the requests are written in.</summary>
    public string Dialect { get; set; } = "";

    /// <summary>Gets or sets when it was begun.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Gets or sets whether all its requests are written: before, nothing is sent.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Gets or sets how many requests it has.</summary>
    public int Requests { get; set; }

    /// <summary>Gets or sets what tells its requests from those of another batch: a hash of their keys, in their order.</summary>
    public string? Digest { get; set; }

    /// <summary>Gets or sets the command that would ask for the same live.</summary>
    public string Command { get; set; } = "";

    /// <summary>Gets or sets the parameters that shape the answers, as a checkpoint keeps them.</summary>
    public JsonElement? Parameters { get; set; }

    /// <summary>Gets or sets what becomes of the answers: the schema that they fit, whether they are merged with the input.</summary>
    public JsonElement? Output { get; set; }

    /// <summary>Gets or sets what the user wants the service to keep with each part.</summary>
    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary>Gets or sets how long the service keeps what was uploaded and what it answers; null for its own choice.</summary>
    public TimeSpan? ExpiresAfter { get; set; }

    /// <summary>Gets or sets about what it costs; null where no prices are known.</summary>
    public decimal? EstimatedCost { get; set; }

    /// <summary>Gets or sets its parts.</summary>
    public List<BatchPart> Parts { get; set; } = [];

    /// <summary>Makes an id that no other batch has.</summary>
    /// <returns>The id.</returns>
    public static string NewId() => Guid.NewGuid().ToString("N").Substring(0, 8);

    /// <summary>Requires that a connection leads to the service that the batch is at.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="path">The path of the batch, for the error.</param>
    /// <exception cref="ChatServiceException">It leads elsewhere.</exception>
    public void Require(ServiceConnection connection, string path)
    {
        string address = AddressOf(connection);
        if (address != Address || connection.Dialect.Name != Dialect)
        {
            throw Failures.Invalid(
                $"The batch '{path}' is at {Address} ({Dialect}), and the connection '{connection.Settings.Name}' leads to {address} ({connection.Dialect.Name}).",
                "Connect to that service, and name the connection with -Connection.");
        }
    }

    /// <summary>Tells where a connection leads, without what may be a secret.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The address.</returns>
    public static string AddressOf(ServiceConnection connection) => connection.Settings.BaseUri.GetLeftPart(UriPartial.Path).TrimEnd('/');
}

/// <summary>How the state is written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(BatchState))]
internal sealed partial class BatchStateJson : JsonSerializerContext;
