using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.VectorStores;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Resources;

/// <summary>What only vector stores do: they are searched, and tell the text of their files.</summary>
public static class VectorStoreAccess
{
    extension(ResourceService service)
    {
        /// <summary>Searches a vector store.</summary>
        /// <param name="place">The store.</param>
        /// <param name="query">What is searched for.</param>
        /// <param name="fields">Further fields of the request: plain values by their names on the wire.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>What was found, the best first.</returns>
        /// <exception cref="ChatServiceException">There is no such store, or the call failed.</exception>
        public Task<IReadOnlyList<ChatVectorStoreMatch>> SearchAsync(
            ResourcePlace place, string query, IReadOnlyDictionary<string, object?> fields, CallSettings settings, CancellationToken cancellationToken) => service.SendAsync<ChatVectorStore, IReadOnlyList<ChatVectorStoreMatch>>(
            ResourceKinds.VectorStore,
            place,
            settings,
            call => call.Api<IVectorStoresApi>().SearchAsync(place.Id, ResourceService.Body(fields, settings), call.Context, call.Token),
            (answer, call) =>
            {
                JsonElement data = answer.Root.ArrayOf("data") ?? throw new WireFormatException("The answer is no list of what was found.", answer.Raw);
                return [.. data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select((item, index) => VectorStoreMapper.Match(new ResourceReader(item.Clone(), place, call), index + 1, query))];
            },
            cancellationToken);

        /// <summary>Reads the text that a vector store made of a file.</summary>
        /// <param name="place">The file.</param>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The text.</returns>
        /// <exception cref="ChatServiceException">There is no such file, or the call failed.</exception>
        public Task<string> ReadTextAsync(ResourcePlace place, CallSettings settings, CancellationToken cancellationToken) => service.SendAsync(
            ResourceKinds.VectorStoreFile,
            place,
            settings,
            static call => call.Api<IVectorStoresApi>().GetFileContentAsync(call.Parent, call.Id, call.Context, call.Token),
            (answer, call) =>
            {
                if (answer.Root.ArrayOf("data") is null)
                {
                    throw new WireFormatException("The answer holds no text of a file.", answer.Raw);
                }

                if (JsonText.Member(answer.Root, "has_more") is { ValueKind: JsonValueKind.True })
                {
                    settings.Warning?.Invoke($"The service gave only the beginning of the text of '{place.Id}'.");
                }

                return new ResourceReader(answer.Root, place, call).Pieces("data");
            },
            cancellationToken);
    }
}
