using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Commands;

/// <summary>A command that saves the content of something that a service keeps to a file.</summary>
public abstract class SaveResourceCmdlet : ResourceCmdlet
{
    private protected const string IdSet = "Id";
    private protected const string ObjectSet = "InputObject";

    private int _saved;

    private protected SaveResourceCmdlet()
    {
    }

    /// <summary>The file to save to, or a folder that is there, which gets a file for each.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The file to save to, or a folder that is there, which gets a file for each.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter(HelpMessage = "Replaces a file that is there already.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Saves the content.</summary>
    /// <param name="service">The connection.</param>
    /// <param name="place">What is saved.</param>
    /// <param name="path">The full path.</param>
    /// <param name="call">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is saved.</returns>
    private protected abstract Task SaveAsync(ServiceConnection service, ResourcePlace place, string path, CallSettings call, CancellationToken cancellationToken);

    /// <summary>Saves the content of an item.</summary>
    /// <param name="place">What is saved.</param>
    /// <param name="connection">The connection that it was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    /// <param name="name">What it is called, for its ending in a folder.</param>
    private protected void Save(ResourcePlace place, string? connection, object item, string name) => Attempt(item, () =>
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (Directory.Exists(path))
        {
            path = System.IO.Path.Combine(path, DownloadPlace.NameOf(place.Parent.Length > 0 ? $"{place.Parent}-{place.Id}" : place.Id, name));
        }
        else if (_saved > 0)
        {
            throw Failures.Invalid($"-Path: '{Path}' is the name of one file, and there is more to save.", "Name a folder that is there, which gets a file for each.");
        }

        ServiceConnection service = Connected(connection);
        if (ShouldProcess(place.Id, $"Save to '{path}'"))
        {
            _saved++;
            Run(item, async (output, token) =>
            {
                await SaveAsync(service, place, path, Call(output), token);
                return null;
            });
        }
    });
}
