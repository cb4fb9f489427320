using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Client.Resources;

/// <summary>Fills vector stores: what lies here is uploaded first, and several files go as one batch.</summary>
public static class VectorStoreFilling
{
    // More of them go in several batches.
    private const int MostOfBatch = 2000;

    // What services want to hear of a file that is to be searched.
    private const string Purpose = "assistants";

    extension(ResourceService service)
    {
        /// <summary>Uploads a file to the service.</summary>
        /// <param name="path">The full path.</param>
        /// <param name="settings">What the calls do otherwise.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>The id of the file.</returns>
        /// <exception cref="ChatServiceException">The service has not taken it.</exception>
        public async Task<string> UploadAsync(string path, CallSettings settings, CancellationToken cancellationToken)
        {
            NewFile file = new(path, Path.GetFileName(path)) { Purpose = Purpose, Sent = (bytes, total) => settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: true)) };
            ChatFile kept = await service.Connection.Require<IServiceFiles>("files").AddAsync(service.Connection, file, settings with { AdditionalBody = null }, cancellationToken);
            return kept.Id;
        }

        /// <summary>Adds files to a vector store.</summary>
        /// <param name="place">The store, as what they lie in.</param>
        /// <param name="ids">The ids of the files.</param>
        /// <param name="fields">What holds for each: plain values by their names on the wire.</param>
        /// <param name="settings">What the calls do otherwise.</param>
        /// <param name="cancellationToken">Stops it.</param>
        /// <returns>The files in the store; those of a batch as they are when it begins.</returns>
        /// <exception cref="ChatServiceException">They were not added.</exception>
        public async Task<IReadOnlyList<ChatVectorStoreFile>> FillAsync(
            ResourcePlace place, IReadOnlyList<string> ids, IReadOnlyDictionary<string, object?> fields, CallSettings settings, CancellationToken cancellationToken)
        {
            if (ids.Count == 1)
            {
                return [await service.CreateAsync(ResourceKinds.VectorStoreFile, place, With(fields, "file_id", ids[0]), settings, cancellationToken)];
            }

            List<ChatVectorStoreFile> files = [];
            for (int start = 0; start < ids.Count; start += MostOfBatch)
            {
                string[] some = [.. ids.Skip(start).Take(MostOfBatch)];
                ChatVectorStoreBatch batch = await service.CreateAsync(ResourceKinds.VectorStoreBatch, place, With(fields, "file_ids", some), settings, cancellationToken);
                files.AddRange(some.Select(id => new ChatVectorStoreFile
                {
                    Id = id,
                    VectorStoreId = place.Parent,
                    BatchId = batch.Id,
                    Status = batch.Status,
                    CreatedAt = batch.CreatedAt,
                    Connection = batch.Connection,
                    Input = place.Input,
                    Raw = batch.Raw,
                }));
            }

            return files;
        }
    }

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?> fields, string name, object value)
    {
        Dictionary<string, object?> all = fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        all[name] = value;
        return all;
    }
}
