using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.ServiceFiles;

/// <summary>The files that a connection's service keeps.</summary>
public sealed class ServiceFileStore
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromHours(1);

    private const string NoPurposes = "whose files have no purposes";

    private readonly ServiceConnection _connection;

    internal ServiceFileStore(ServiceConnection connection) => _connection = connection;

    /// <summary>The purposes that are known; empty where the service knows none.</summary>
    /// <exception cref="ChatServiceException">The service keeps no files.</exception>
    public IReadOnlyList<string> Purposes => Files.Purposes;

    private IServiceFiles Files => _connection.Require<IServiceFiles>("files");

    /// <summary>Finds out, before anything is sent, whether a file could be given to the service.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ChatServiceException">It could not.</exception>
    public void Check(NewFile file)
    {
        FileCalls.Require(FileCalls.Resolved(file));
        RequirePurposes(file.Purpose is not null, "-Purpose", NoPurposes);
        if (file.ExpiresAfter is { } time && time < ShortestLife)
        {
            throw Failures.Invalid(
                $"-ExpiresAfter is {time}; a file lives an hour at least.", "Give a time span, such as 7.00:00:00 or (New-TimeSpan -Days 7).");
        }

        if (file.ExpiresAfter is not null && !Files.TakesExpiry)
        {
            throw Failures.Invalid($"-ExpiresAfter has no place at {_connection.Settings.ServiceNameWithin}, which decides itself how long it keeps files.", "Leave -ExpiresAfter out.");
        }
    }

    /// <summary>Gives a file to the service.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the service keeps.</returns>
    /// <exception cref="ChatServiceException">The service has not taken it.</exception>
    public async Task<ChatFile> AddAsync(NewFile file, CallSettings settings, CancellationToken cancellationToken)
    {
        Check(file);
        try
        {
            return await Files.AddAsync(_connection, FileCalls.Resolved(file), settings, cancellationToken);
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 400 && file.Purpose is { } purpose && !Files.Purposes.Contains(purpose, StringComparer.Ordinal))
        {
            throw Failures.WithAdvice(failure, $"Known purposes are {string.Join(", ", Files.Purposes)}.");
        }
    }

    /// <summary>Lists files.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files in the service's order.</returns>
    /// <exception cref="ChatServiceException">There is no list.</exception>
    public IAsyncEnumerable<ChatFile> ListAsync(FileFilter filter, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.AtLeast(filter.First, 1, "-First");
        RequirePurposes(filter.Purpose is not null, "-Purpose", NoPurposes);
        RequirePurposes(filter.Order is not null, "-Order", "which lists files in one order only");
        return Files.ListAsync(_connection, filter, settings, cancellationToken);
    }

    /// <summary>Looks at one file.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatServiceException">There is none.</exception>
    public Task<ChatFile> GetAsync(string id, CallSettings settings, CancellationToken cancellationToken) => Files.GetAsync(_connection, id, settings, cancellationToken);

    /// <summary>Deletes a file at the service.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="ChatServiceException">It was not deleted.</exception>
    public Task RemoveAsync(string id, CallSettings settings, CancellationToken cancellationToken) => Files.RemoveAsync(_connection, id, settings, cancellationToken);

    /// <summary>Saves the content of a file. It is there whole or not at all; what breaks off goes on where it was.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="known">What is known of it; null to ask for it where its name depends on that.</param>
    /// <param name="place">Where it is saved.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ChatServiceException">It cannot be had, or not be saved.</exception>
    public async Task<string> SaveAsync(string id, ChatFile? known, DownloadPlace place, CallSettings settings, CancellationToken cancellationToken)
    {
        string name = !place.NeedsName ? "" : (known ?? await GetAsync(id, settings, cancellationToken)).FileName;
        string path = place.PathOf(id, name);
        try
        {
            using UnfinishedFile file = new(path);
            await Files.DownloadAsync(_connection, id, file.Content, settings, cancellationToken);
            file.Complete(path, place.Replaces);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw !place.Replaces && File.Exists(path)
                ? DownloadPlace.Exists(path)
                : Failures.Invalid($"-Path: '{path}' cannot be written: {UnfinishedFile.Bare(exception.Message)}", "Check the path, the permissions and the free space.", exception);
        }
    }

    private void RequirePurposes(bool isAsked, string parameter, string why)
    {
        if (isAsked && Files.Purposes.Count == 0)
        {
            throw Failures.Invalid($"{parameter} has no place at {_connection.Settings.ServiceNameWithin}, {why}.", $"Leave {parameter} out.");
        }
    }
}
