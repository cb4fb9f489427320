using System.Text;
using ChatPS.Api.Containers;
using ChatPS.Api.Resources;
using ChatPS.Api.Skills;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Client.Resources;

/// <summary>The content of what a service keeps, saved to files. What breaks off is gone on with where it broke off.</summary>
public static class ResourceContent
{
    extension(ResourceService service)
    {
        /// <summary>Saves a file of a container.</summary>
        /// <param name="place">The file.</param>
        /// <param name="path">The full path to save to.</param>
        /// <param name="replaces">Whether a file that is there is replaced.</param>
        /// <param name="settings">What the calls do otherwise.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>When it is saved.</returns>
        /// <exception cref="ChatServiceException">It could not be had, or not be saved.</exception>
        public Task SaveContainerFileAsync(ResourcePlace place, string path, bool replaces, CallSettings settings, CancellationToken cancellationToken) => service.SaveAsync(
            "files of containers",
            place,
            path,
            replaces,
            (range, ifRange, call, token) => service.Connection.Client<IContainersApi>(ResourcesJsonContext.Default).GetFileContentAsync(place.Parent, place.Id, range, ifRange, call, token),
            settings,
            cancellationToken);

        /// <summary>Saves a skill, or one version of it, as a zip.</summary>
        /// <param name="place">The skill, or its version.</param>
        /// <param name="path">The full path to save to.</param>
        /// <param name="replaces">Whether a file that is there is replaced.</param>
        /// <param name="settings">What the calls do otherwise.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>When it is saved.</returns>
        /// <exception cref="ChatServiceException">It could not be had, or not be saved.</exception>
        public Task SaveSkillAsync(ResourcePlace place, string path, bool replaces, CallSettings settings, CancellationToken cancellationToken)
        {
            ISkillsApi api = service.Connection.Client<ISkillsApi>(ResourcesJsonContext.Default);
            return service.SaveAsync(
                "skills",
                place,
                path,
                replaces,
                (range, ifRange, call, token) => place.Parent.Length == 0 ? api.GetContentAsync(place.Id, range, ifRange, call, token) : api.GetVersionContentAsync(place.Parent, place.Id, range, ifRange, call, token),
                settings,
                cancellationToken);
        }

        /// <summary>Saves the text that a vector store made of a file.</summary>
        /// <param name="place">The file.</param>
        /// <param name="path">The full path to save to.</param>
        /// <param name="replaces">Whether a file that is there is replaced.</param>
        /// <param name="settings">What the calls do otherwise.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>When it is saved.</returns>
        /// <exception cref="ChatServiceException">It could not be had, or not be saved.</exception>
        public async Task SaveTextAsync(ResourcePlace place, string path, bool replaces, CallSettings settings, CancellationToken cancellationToken)
        {
            RequireFree(path, replaces);
            byte[] text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(await service.ReadTextAsync(place, settings, cancellationToken));
            await WriteAsync(path, replaces, target => target.WriteAsync(text, 0, text.Length, cancellationToken));
        }

        private async Task SaveAsync(string plural, ResourcePlace place, string path, bool replaces, Download.Open open, CallSettings settings, CancellationToken cancellationToken)
        {
            service.Require(plural, place);
            RequireFree(path, replaces);
            await WriteAsync(
                path,
                replaces,
                target => Download.CopyAsync(service.Connection, settings, open, target, long.MaxValue, (bytes, total) => settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: false)), cancellationToken));
        }
    }

    private static async Task WriteAsync(string path, bool replaces, Func<Stream, Task> write)
    {
        try
        {
            using UnfinishedFile file = new(path);
            await write(file.Content);
            file.Complete(path, replaces);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"-Path: '{path}' cannot be written: {UnfinishedFile.Bare(exception.Message)}", "Check the path and its permissions, or choose another one.", exception);
        }
    }

    private static void RequireFree(string path, bool replaces)
    {
        if (!replaces && File.Exists(path))
        {
            throw Failures.Invalid($"-Path: '{path}' is there already.", "Give another path, or -Force to replace the file.");
        }
    }
}
