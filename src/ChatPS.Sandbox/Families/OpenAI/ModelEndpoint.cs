using System.Text.Json;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Lists, shows and deletes models.</summary>
internal sealed class ModelEndpoint(IReadOnlyList<string> models)
{
    private const long FirstCreated = 1_700_000_000;

    private readonly object _lock = new();
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    public Answer List()
    {
        int[] indices;
        lock (_lock)
        {
            indices = Enumerable.Range(0, models.Count).Where(index => !_deleted.Contains(models[index])).ToArray();
        }

        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "list"u8);
                json.WriteStartArray("data"u8);
                foreach (int index in indices)
                {
                    WriteModel(json, index);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
        };
    }

    public Answer Show(string id)
    {
        int index = Find(id);
        return new Answer { Json = json => WriteModel(json, index) };
    }

    /// <summary>Deletes a model for as long as the server runs.</summary>
    public Answer Delete(string id)
    {
        Find(id);
        lock (_lock)
        {
            _deleted.Add(id);
        }

        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("id"u8, id);
                json.WriteString("object"u8, "model"u8);
                json.WriteBoolean("deleted"u8, true);
                json.WriteEndObject();
            },
        };
    }

    private int Find(string id)
    {
        lock (_lock)
        {
            for (int i = 0; i < models.Count; i++)
            {
                if (models[i] == id && !_deleted.Contains(id))
                {
                    return i;
                }
            }
        }

        throw new ApiException(ApiError.ModelNotFound(id));
    }

    private void WriteModel(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, models[index]);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, FirstCreated + index);
        json.WriteString("owned_by"u8, "sandbox"u8);
        json.WriteEndObject();
    }
}
