using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;

namespace ChatPS.Client.Tests.Resources;

/// <summary>All kinds of resources.</summary>
internal static class ResourceCases
{
    private static readonly Dictionary<string, object?> Nothing = [];

    public static IReadOnlyList<IResourceCase> All { get; } =
    [
        new ResourceCase<ChatVectorStore>(ResourceKinds.VectorStore, "VectorStoreObject", StoreAsync, static seen => new ResourcePlace("", seen.Id))
        {
            Change = (new() { ["name"] = "other" }, static seen => seen.Name == "other", "UpdateVectorStoreRequest"),
        },
        new ResourceCase<ChatVectorStoreFile>(ResourceKinds.VectorStoreFile, "VectorStoreFileObject", StoreFileAsync, static seen => new ResourcePlace(seen.VectorStoreId, seen.Id))
        {
            Change = (new() { ["attributes"] = new Dictionary<string, object?> { ["team"] = "ops" } }, static seen => seen.Attributes["team"] is "ops", "UpdateVectorStoreFileAttributesRequest"),
        },
        new ResourceCase<ChatVectorStoreBatch>(ResourceKinds.VectorStoreBatch, "VectorStoreFileBatchObject", BatchAsync, static seen => new ResourcePlace(seen.VectorStoreId, seen.Id)),
        new ResourceCase<ChatContainer>(ResourceKinds.Container, "ContainerResource", ContainerAsync, static seen => new ResourcePlace("", seen.Id)),
        new ResourceCase<ChatContainerFile>(ResourceKinds.ContainerFile, "ContainerFileResource", ContainerFileAsync, static seen => new ResourcePlace(seen.ContainerId, seen.Id)),
        new ResourceCase<ChatConversation>(ResourceKinds.Conversation, "ConversationResource", ConversationAsync, static seen => new ResourcePlace("", seen.Id))
        {
            Change = (new() { ["metadata"] = new Dictionary<string, string> { ["a"] = "b" } }, static seen => seen.Metadata["a"] == "b", "UpdateConversationBody"),
        },
        new ResourceCase<ChatConversationItem>(ResourceKinds.ConversationItem, "ConversationItem", ItemAsync, static seen => new ResourcePlace(seen.ConversationId, seen.Id)),
        new ResourceCase<ChatSkill>(ResourceKinds.Skill, "SkillResource", SkillAsync, static seen => new ResourcePlace("", seen.Id))
        {
            Change = (new() { ["default_version"] = "1" }, static seen => seen.DefaultVersion == "1", "SetDefaultSkillVersionBody"),
        },
        new ResourceCase<ChatSkillVersion>(ResourceKinds.SkillVersion, "SkillVersionResource", VersionAsync, static seen => new ResourcePlace(seen.SkillId, seen.Version)),
        new ResourceCase<ChatVoiceConsent>(ResourceKinds.VoiceConsent, "VoiceConsentResource", ConsentAsync, static seen => new ResourcePlace("", seen.Id))
        {
            Change = (new() { ["name"] = "Bea" }, static seen => seen.Name == "Bea", "UpdateVoiceConsentRequest"),
        },
    ];

    public static async Task<ResourcePlace> StoreAsync(ResourceService service) =>
        new("", (await service.CreateAsync(ResourceKinds.VectorStore, new ResourcePlace("", ""), new Dictionary<string, object?> { ["name"] = "notes" }, CallSettings.None, CancellationToken.None)).Id);

    public static async Task<ResourcePlace> StoreFileAsync(ResourceService service)
    {
        string store = (await StoreAsync(service)).Id;
        ChatVectorStoreFile file = Assert.Single(await service.FillAsync(new ResourcePlace(store, ""), [await UploadAsync(service, "web01 is the mail server.")], Nothing, CallSettings.None, CancellationToken.None));
        return new ResourcePlace(store, file.Id);
    }

    public static async Task<ResourcePlace> BatchAsync(ResourceService service)
    {
        string store = (await StoreAsync(service)).Id;
        string[] ids = [await UploadAsync(service, "one"), await UploadAsync(service, "two")];
        IReadOnlyList<ChatVectorStoreFile> files = await service.FillAsync(new ResourcePlace(store, ""), ids, Nothing, CallSettings.None, CancellationToken.None);
        Assert.Equal(ids, files.Select(file => file.Id));
        return new ResourcePlace(store, files[0].BatchId!);
    }

    public static async Task<ResourcePlace> ContainerAsync(ResourceService service) =>
        new("", (await service.CreateAsync(ResourceKinds.Container, new ResourcePlace("", ""), new Dictionary<string, object?> { ["name"] = "sums" }, CallSettings.None, CancellationToken.None)).Id);

    public static async Task<ResourcePlace> ContainerFileAsync(ResourceService service)
    {
        string container = (await ContainerAsync(service)).Id;
        using ResourceFile file = new("sales.csv", "a,b");
        return new ResourcePlace(container, (await service.UploadContainerFileAsync(new ResourcePlace(container, ""), LocalFile.Find(file.Path, "-Path"), CallSettings.None, CancellationToken.None)).Id);
    }

    public static async Task<ResourcePlace> ConversationAsync(ResourceService service) =>
        new("", (await service.CreateAsync(ResourceKinds.Conversation, new ResourcePlace("", ""), Nothing, CallSettings.None, CancellationToken.None)).Id);

    public static async Task<ResourcePlace> ItemAsync(ResourceService service)
    {
        string conversation = (await ConversationAsync(service)).Id;
        Dictionary<string, object?> item = new() { ["type"] = "message", ["role"] = "user", ["content"] = "My server is called web01." };
        ChatConversationItem added = Assert.Single(await service.CreateManyAsync(
            ResourceKinds.ConversationItem, new ResourcePlace(conversation, ""), new Dictionary<string, object?> { ["items"] = new object[] { item } }, CallSettings.None, CancellationToken.None));
        Assert.Equal("My server is called web01.", added.Text);
        return new ResourcePlace(conversation, added.Id);
    }

    public static async Task<ResourcePlace> SkillAsync(ResourceService service)
    {
        using ResourceFile manifest = new("SKILL.md", "---\nname: triage\ndescription: Sorts tickets.\n---\nSort them.");
        return new ResourcePlace("", (await service.CreateSkillAsync(LocalFile.FindAll(manifest.Folder, "-Path"), null, CallSettings.None, CancellationToken.None)).Id);
    }

    // The first is the one that is used, and cannot be deleted.
    public static async Task<ResourcePlace> VersionAsync(ResourceService service)
    {
        string skill = (await SkillAsync(service)).Id;
        using ResourceFile manifest = new("SKILL.md", "---\nname: triage\ndescription: Sorts tickets.\n---\nSort them well.");
        return new ResourcePlace(skill, (await service.CreateSkillVersionAsync(new ResourcePlace(skill, ""), LocalFile.FindAll(manifest.Folder, "-Path"), isDefault: null, CallSettings.None, CancellationToken.None)).Version);
    }

    public static async Task<ResourcePlace> ConsentAsync(ResourceService service)
    {
        using ResourceFile sound = new("agreed.wav", "RIFF");
        return new ResourcePlace("", (await service.CreateVoiceConsentAsync("Ann", "en-US", LocalFile.Find(sound.Path, "-Path"), null, CallSettings.None, CancellationToken.None)).Id);
    }

    private static async Task<string> UploadAsync(ResourceService service, string text)
    {
        using ResourceFile file = new("notes.md", text);
        return await service.UploadAsync(file.Path, CallSettings.None, CancellationToken.None);
    }
}
