using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Conversations;

/// <summary>Conversations that the service keeps.</summary>
internal interface IConversationsApi
{
    /// <summary>Makes a conversation.</summary>
    [Post("/conversations")]
    Task<IApiResponse<ResourceAnswer>> CreateAsync([Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a conversation.</summary>
    [Get("/conversations/{id}")]
    Task<IApiResponse<ResourceAnswer>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Changes the notes of a conversation.</summary>
    [Post("/conversations/{id}")]
    Task<IApiResponse<ResourceAnswer>> UpdateAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a conversation.</summary>
    [Delete("/conversations/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists the items of a conversation.</summary>
    [Get("/conversations/{id}/items")]
    Task<IApiResponse<ResourceAnswer>> ListItemsAsync(string id, [Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Adds items to a conversation.</summary>
    [Post("/conversations/{id}/items")]
    Task<IApiResponse<ResourceAnswer>> AddItemsAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at an item of a conversation.</summary>
    [Get("/conversations/{id}/items/{itemId}")]
    Task<IApiResponse<ResourceAnswer>> GetItemAsync(string id, string itemId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes an item of a conversation.</summary>
    [Delete("/conversations/{id}/items/{itemId}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteItemAsync(string id, string itemId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
