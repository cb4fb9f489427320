using ChatPS.Api.Containers;
using ChatPS.Api.Conversations;
using ChatPS.Api.Skills;
using ChatPS.Api.VectorStores;
using ChatPS.Api.Voices;

namespace ChatPS.Client.Resources;

/// <summary>All kinds of resources.</summary>
public static class ResourceKinds
{
    /// <summary>Stores of documents that are searched by meaning.</summary>
    public static ResourceKind<ChatVectorStore> VectorStore { get; } = new("vector store", "vector stores", VectorStoreMapper.Store)
    {
        List = static (call, _) => call.Api<IVectorStoresApi>().ListAsync(call.Query, call.Context, call.Token),
        Get = static call => call.Api<IVectorStoresApi>().GetAsync(call.Id, call.Context, call.Token),
        Create = static call => call.Api<IVectorStoresApi>().CreateAsync(call.Body, call.Context, call.Token),
        Change = static call => call.Api<IVectorStoresApi>().UpdateAsync(call.Id, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IVectorStoresApi>().DeleteAsync(call.Id, call.Context, call.Token),
    };

    /// <summary>Files in a vector store.</summary>
    public static ResourceKind<ChatVectorStoreFile> VectorStoreFile { get; } = new("file of a vector store", "files of vector stores", VectorStoreMapper.File)
    {
        ParentName = "vector store",
        List = static (call, batch) => batch is null
            ? call.Api<IVectorStoresApi>().ListFilesAsync(call.Parent, call.Query, call.Context, call.Token)
            : call.Api<IVectorStoresApi>().ListBatchFilesAsync(call.Parent, batch, call.Query, call.Context, call.Token),
        Get = static call => call.Api<IVectorStoresApi>().GetFileAsync(call.Parent, call.Id, call.Context, call.Token),
        Create = static call => call.Api<IVectorStoresApi>().AddFileAsync(call.Parent, call.Body, call.Context, call.Token),
        Change = static call => call.Api<IVectorStoresApi>().UpdateFileAsync(call.Parent, call.Id, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IVectorStoresApi>().RemoveFileAsync(call.Parent, call.Id, call.Context, call.Token),
    };

    /// <summary>Files that are added to a vector store together.</summary>
    public static ResourceKind<ChatVectorStoreBatch> VectorStoreBatch { get; } = new("batch of files", "batches of files", VectorStoreMapper.Batch)
    {
        ParentName = "vector store",
        Get = static call => call.Api<IVectorStoresApi>().GetBatchAsync(call.Parent, call.Id, call.Context, call.Token),
        Create = static call => call.Api<IVectorStoresApi>().AddBatchAsync(call.Parent, call.Body, call.Context, call.Token),
        Change = static call => call.Api<IVectorStoresApi>().CancelBatchAsync(call.Parent, call.Id, call.Context, call.Token),
    };

    /// <summary>Machines in which a model runs code.</summary>
    public static ResourceKind<ChatContainer> Container { get; } = new("container", "containers", ContainerMapper.Container)
    {
        List = static (call, _) => call.Api<IContainersApi>().ListAsync(call.Query, call.Context, call.Token),
        Get = static call => call.Api<IContainersApi>().GetAsync(call.Id, call.Context, call.Token),
        Create = static call => call.Api<IContainersApi>().CreateAsync(call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IContainersApi>().DeleteAsync(call.Id, call.Context, call.Token),
    };

    /// <summary>Files in a container.</summary>
    public static ResourceKind<ChatContainerFile> ContainerFile { get; } = new("file of a container", "files of containers", ContainerMapper.File)
    {
        ParentName = "container",
        List = static (call, _) => call.Api<IContainersApi>().ListFilesAsync(call.Parent, call.Query, call.Context, call.Token),
        Get = static call => call.Api<IContainersApi>().GetFileAsync(call.Parent, call.Id, call.Context, call.Token),
        Create = static call => call.Api<IContainersApi>().AddFileAsync(call.Parent, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IContainersApi>().DeleteFileAsync(call.Parent, call.Id, call.Context, call.Token),
    };

    /// <summary>Conversations that the service keeps.</summary>
    public static ResourceKind<ChatConversation> Conversation { get; } = new("conversation", "conversations", ConversationMapper.Conversation)
    {
        Get = static call => call.Api<IConversationsApi>().GetAsync(call.Id, call.Context, call.Token),
        Create = static call => call.Api<IConversationsApi>().CreateAsync(call.Body, call.Context, call.Token),
        Change = static call => call.Api<IConversationsApi>().UpdateAsync(call.Id, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IConversationsApi>().DeleteAsync(call.Id, call.Context, call.Token),
    };

    /// <summary>Messages, calls and results in a conversation.</summary>
    public static ResourceKind<ChatConversationItem> ConversationItem { get; } = new("item of a conversation", "items of conversations", ConversationMapper.Item)
    {
        ParentName = "conversation",
        List = static (call, _) => call.Api<IConversationsApi>().ListItemsAsync(call.Parent, call.Query, call.Context, call.Token),
        Get = static call => call.Api<IConversationsApi>().GetItemAsync(call.Parent, call.Id, call.Context, call.Token),
        Create = static call => call.Api<IConversationsApi>().AddItemsAsync(call.Parent, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IConversationsApi>().DeleteItemAsync(call.Parent, call.Id, call.Context, call.Token),
    };

    /// <summary>Instructions and files that a model takes up where it needs them.</summary>
    public static ResourceKind<ChatSkill> Skill { get; } = new("skill", "skills", SkillMapper.Skill)
    {
        List = static (call, _) => call.Api<ISkillsApi>().ListAsync(call.Query, call.Context, call.Token),
        Get = static call => call.Api<ISkillsApi>().GetAsync(call.Id, call.Context, call.Token),
        Change = static call => call.Api<ISkillsApi>().UpdateAsync(call.Id, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<ISkillsApi>().DeleteAsync(call.Id, call.Context, call.Token),
    };

    /// <summary>Versions of a skill.</summary>
    public static ResourceKind<ChatSkillVersion> SkillVersion { get; } = new("version of a skill", "versions of skills", SkillMapper.Version)
    {
        ParentName = "skill",
        List = static (call, _) => call.Api<ISkillsApi>().ListVersionsAsync(call.Parent, call.Query, call.Context, call.Token),
        Get = static call => call.Api<ISkillsApi>().GetVersionAsync(call.Parent, call.Id, call.Context, call.Token),
        Delete = static call => call.Api<ISkillsApi>().DeleteVersionAsync(call.Parent, call.Id, call.Context, call.Token),
    };

    /// <summary>Recordings in which owners of voices agree.</summary>
    public static ResourceKind<ChatVoiceConsent> VoiceConsent { get; } = new("consent", "consents", VoiceMapper.Consent)
    {
        List = static (call, _) => call.Api<IVoicesApi>().ListConsentsAsync(call.Query, call.Context, call.Token),
        Get = static call => call.Api<IVoicesApi>().GetConsentAsync(call.Id, call.Context, call.Token),
        Change = static call => call.Api<IVoicesApi>().UpdateConsentAsync(call.Id, call.Body, call.Context, call.Token),
        Delete = static call => call.Api<IVoicesApi>().DeleteConsentAsync(call.Id, call.Context, call.Token),
    };
}
