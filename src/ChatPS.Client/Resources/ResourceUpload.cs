using ChatPS.Api.Containers;
using ChatPS.Api.Errors;
using ChatPS.Api.Resources;
using ChatPS.Api.Skills;
using ChatPS.Api.Voices;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Resources;

/// <summary>What is made of files that lie here. They are read while they go, and are never whole in memory.</summary>
public static class ResourceUpload
{
    extension(ResourceService service)
    {
        /// <summary>Puts a file into a container.</summary>
        /// <param name="place">The container, as what the file lies in.</param>
        /// <param name="file">The file.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The file in the container.</returns>
        /// <exception cref="ChatServiceException">It was not taken.</exception>
        public Task<ChatContainerFile> UploadContainerFileAsync(ResourcePlace place, LocalFile file, CallSettings settings, CancellationToken cancellationToken) => service.UploadAsync(
            ResourceKinds.ContainerFile, place, [], "file", [file], static (call, form) => call.Api<IContainersApi>().UploadFileAsync(call.Parent, form, call.Context, call.Token), settings, ContainerMapper.File, cancellationToken);

        /// <summary>Makes a skill.</summary>
        /// <param name="files">Its files, or one zip of them.</param>
        /// <param name="input">The pipeline item.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The skill.</returns>
        /// <exception cref="ChatServiceException">It was not made.</exception>
        public Task<ChatSkill> CreateSkillAsync(IReadOnlyList<LocalFile> files, object? input, CallSettings settings, CancellationToken cancellationToken) => service.UploadAsync(
            ResourceKinds.Skill, new ResourcePlace("", "") { Input = input }, [], FieldOf(files), files, static (call, form) => call.Api<ISkillsApi>().CreateAsync(form, call.Context, call.Token), settings, SkillMapper.Skill, cancellationToken);

        /// <summary>Makes a version of a skill.</summary>
        /// <param name="place">The skill, as what the version lies in.</param>
        /// <param name="files">Its files, or one zip of them.</param>
        /// <param name="isDefault">Whether it is used from now on; null for the service's choice.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The version.</returns>
        /// <exception cref="ChatServiceException">It was not made.</exception>
        public Task<ChatSkillVersion> CreateSkillVersionAsync(ResourcePlace place, IReadOnlyList<LocalFile> files, bool? isDefault, CallSettings settings, CancellationToken cancellationToken) => service.UploadAsync(
            ResourceKinds.SkillVersion,
            place,
            isDefault is { } uses ? [new("default", uses ? "true" : "false")] : [],
            FieldOf(files),
            files,
            static (call, form) => call.Api<ISkillsApi>().CreateVersionAsync(call.Parent, form, call.Context, call.Token),
            settings,
            SkillMapper.Version,
            cancellationToken);

        /// <summary>Sends a recording in which the owner of a voice agrees.</summary>
        /// <param name="name">The name of the consent.</param>
        /// <param name="language">The language of the recording.</param>
        /// <param name="recording">The recording.</param>
        /// <param name="input">The pipeline item.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The consent.</returns>
        /// <exception cref="ChatServiceException">It was not taken.</exception>
        public Task<ChatVoiceConsent> CreateVoiceConsentAsync(string name, string language, LocalFile recording, object? input, CallSettings settings, CancellationToken cancellationToken) => service.UploadAsync(
            ResourceKinds.VoiceConsent,
            new ResourcePlace("", "") { Input = input },
            [new("name", name), new("language", language)],
            "recording",
            [recording],
            static (call, form) => call.Api<IVoicesApi>().CreateConsentAsync(form, call.Context, call.Token),
            settings,
            VoiceMapper.Consent,
            cancellationToken);

        /// <summary>Makes a voice.</summary>
        /// <param name="name">The name of the voice.</param>
        /// <param name="consent">The id of the consent of its owner.</param>
        /// <param name="sample">A recording of the voice.</param>
        /// <param name="input">The pipeline item.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The voice.</returns>
        /// <exception cref="ChatServiceException">It was not made.</exception>
        public Task<ChatVoice> CreateVoiceAsync(string name, string consent, LocalFile sample, object? input, CallSettings settings, CancellationToken cancellationToken) => service.UploadAsync(
            ResourceKinds.VoiceConsent,
            new ResourcePlace("", "") { Input = input },
            [new("name", name), new("consent", consent)],
            "audio_sample",
            [sample],
            static (call, form) => call.Api<IVoicesApi>().CreateAsync(form, call.Context, call.Token),
            settings,
            VoiceMapper.Voice,
            cancellationToken);

        private Task<TResult> UploadAsync<T, TResult>(
            ResourceKind<T> kind,
            ResourcePlace place,
            IReadOnlyList<KeyValuePair<string, string>> fields,
            string field,
            IReadOnlyList<LocalFile> files,
            Func<ResourceCall, HttpContent, Task<IApiResponse<ResourceAnswer>>> send,
            CallSettings settings,
            Func<ResourceReader, TResult> read,
            CancellationToken cancellationToken)
            where T : class => service.SendAsync(
                kind,
                place,
                settings,
                async call =>
                {
                    using HttpContent form = Upload.Form(With(fields, settings), [.. files.Select(file => (field, file.Name, file.Body(settings.Watch)))]);
                    return await send(call, form);
                },
                (answer, call) => answer.Root.ValueKind == System.Text.Json.JsonValueKind.Object
                    ? read(new ResourceReader(answer.Root, place, call))
                    : throw new WireFormatException($"The answer is no {kind.Name}.", answer.Raw),
                cancellationToken);
    }

    // One file is the whole skill as a zip.
    private static string FieldOf(IReadOnlyList<LocalFile> files) => files.Count == 1 && files[0].IsZip ? "files" : "files[]";

    private static IEnumerable<KeyValuePair<string, string>> With(IReadOnlyList<KeyValuePair<string, string>> fields, CallSettings settings)
    {
        IReadOnlyDictionary<string, object?> added = settings.AdditionalBody ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        return
        [
            .. fields.Where(field => !added.ContainsKey(field.Key)),
            .. added.Where(member => member.Value is not null).Select(member => new KeyValuePair<string, string>(member.Key, member.Value as string ?? PlainJson.Write(member.Value, "-AdditionalBody"))),
        ];
    }
}
