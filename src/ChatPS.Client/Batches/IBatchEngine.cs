using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Batches;

/// <summary>The batches of a service, as a dialect offers them: how requests are written, handed in and looked at, and how results are read.</summary>
internal interface IBatchEngine
{
    /// <summary>Tells how large a part may be.</summary>
    /// <param name="kind">What its requests ask for.</param>
    /// <returns>The limits.</returns>
    BatchLimits Limits(ChatBatchKind kind);

    /// <summary>Whether the service takes batches of such requests.</summary>
    /// <param name="kind">What they ask for.</param>
    /// <returns>Whether it does.</returns>
    bool Takes(ChatBatchKind kind);

    /// <summary>Requires that the service keeps what the user wants kept with a batch.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="metadata">Labels.</param>
    /// <param name="expiresAfter">How long it keeps what was uploaded and what it answers; null for its own choice.</param>
    void Require(ServiceConnection connection, IReadOnlyDictionary<string, string> metadata, TimeSpan? expiresAfter);

    /// <summary>Writes a request as a line of a part, with its end.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="id">Its id: letters, digits, <c>-</c> and <c>_</c>, at most 64.</param>
    /// <param name="kind">What it asks for.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">The request as it would be sent live, as JSON in UTF-8.</param>
    void Write(Stream target, string id, ChatBatchKind kind, string model, ArraySegment<byte> body);

    /// <summary>Uploads a part, where the service wants that before it is started. A part of that name which is there already is not sent again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="order">The part.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The id of the file; null where nothing is uploaded.</returns>
    Task<string?> UploadAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Starts a part. The request is sent once: what may have been taken is looked for with <see cref="FindAsync"/>, and not sent again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="order">The part.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The job. Where the service has no room for it in its queue, one with <see cref="BatchJob.IsQueueFull"/>, without an id if nothing was made.</returns>
    Task<BatchJob> StartAsync(ServiceConnection connection, BatchOrder order, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Looks for a part that was asked for, when nobody heard the answer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="order">The part, with <see cref="BatchOrder.AskedAt"/>.</param>
    /// <param name="known">The ids of jobs that belong to other parts.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The jobs that it may be: none if the service has not taken it, one if it surely has, several where nothing tells them apart.</returns>
    Task<IReadOnlyList<BatchJob>> FindAsync(ServiceConnection connection, BatchOrder order, IReadOnlyCollection<string> known, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Looks at a job.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The job.</returns>
    Task<BatchJob> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Lists the jobs of the account, the youngest first, page by page as they are needed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="first">The most jobs; null for all.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The jobs.</returns>
    IAsyncEnumerable<BatchJob> ListAsync(ServiceConnection connection, int? first, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Stops a job. What is done by then has results.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The job as it is then.</returns>
    Task<BatchJob> StopAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Fetches results, as the service keeps them: a JSON object a line, in any order.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="job">The job, which has ended.</param>
    /// <param name="result">One of <see cref="BatchJob.Results"/>.</param>
    /// <param name="target">Where they are written, from its beginning.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When they are written.</returns>
    Task DownloadAsync(ServiceConnection connection, BatchJob job, string result, Stream target, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Reads the id of a line of results, or of requests as <see cref="Write"/> writes them, alone: there may be very many.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The id; null where the line has none.</returns>
    string? ReadId(ReadOnlySpan<byte> line);

    /// <summary>Reads a line of results.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What became of the request; null where the line tells nothing that can be understood.</returns>
    BatchResult? Read(ReadOnlySpan<byte> line);
}
