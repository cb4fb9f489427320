using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.ServiceFiles;

/// <summary>The files that a service keeps, as a dialect offers them. No file is ever whole in memory.</summary>
internal interface IServiceFiles
{
    /// <summary>Gets the purposes that are known, for completion; empty where the service knows none.</summary>
    IReadOnlyList<string> Purposes { get; }

    /// <summary>Gets whether a file can be told how long to live.</summary>
    bool TakesExpiry { get; }

    /// <summary>Gives a file to the service. One that is too large for one request goes in parts; what a cut leaves undone goes on where it was.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="file">The file.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the service keeps.</returns>
    /// <exception cref="ChatServiceException">The service has not taken it; it says why.</exception>
    Task<ChatFile> AddAsync(ServiceConnection connection, NewFile file, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Lists files, page by page as they are needed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files in the service's order.</returns>
    IAsyncEnumerable<ChatFile> ListAsync(ServiceConnection connection, FileFilter filter, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Looks at one file.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file.</returns>
    Task<ChatFile> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Deletes a file at the service.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is deleted.</returns>
    Task RemoveAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Fetches the content of a file. What a cut leaves undone goes on where it was.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its id.</param>
    /// <param name="target">Where the content is written, from its beginning.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is written.</returns>
    Task DownloadAsync(ServiceConnection connection, string id, Stream target, CallSettings settings, CancellationToken cancellationToken);
}
