using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Lists, shows and deletes models.</summary>
internal sealed class ModelEndpoint(FamilyOptions options)
{
    private const long FirstCreated = 1_700_000_000;

    private readonly IReadOnlyList<string> _models = options.Models;
    private readonly object _lock = new();
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    public Answer List()
    {
        int[] indices;
        lock (_lock)
        {
            indices = Enumerable.Range(0, _models.Count).Where(index => !_deleted.Contains(_models[index]) && !ModelLife.IsOverFor(_models[index])).ToArray();
        }

        return Answer.OfJson(Shape.Of(("object", "list"), ("data", indices.Select(ToShape).ToArray())));
    }

    public Answer Show(string id) => Answer.OfJson(ToShape(Find(id)));

    /// <summary>Deletes a model for as long as the server runs.</summary>
    public Answer Delete(string id)
    {
        Find(id);
        lock (_lock)
        {
            _deleted.Add(id);
        }

        return Answer.OfJson(Shape.Of(("id", id), ("object", "model"), ("deleted", true)));
    }

    private int Find(string id)
    {
        lock (_lock)
        {
            for (int i = 0; i < _models.Count; i++)
            {
                if (_models[i] == id && !_deleted.Contains(id) && !ModelLife.IsOverFor(id))
                {
                    return i;
                }
            }
        }

        throw new ApiException(ApiError.ModelNotFound(id));
    }

    private Dictionary<string, object?> ToShape(int index)
    {
        ModelLife life = new(_models[index], options.Clock());
        Dictionary<string, object?> model = Shape.Of(("id", life.Model), ("object", "model"), ("created", FirstCreated + index), ("owned_by", "sandbox"), ("shutdown_date", life.Day));
        return life.Replacement is { } other ? model.With(("deprecation_replacement_model", other)) : model;
    }
}
