using System.Collections.Concurrent;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>What a connection's service told of its models. Safe for many threads.</summary>
/// <param name="connection">The connection.</param>
/// <param name="time">The clock.</param>
/// <param name="file">What remembers ends from process to process; null where this process remembers alone.</param>
internal sealed class ModelMemory(ConnectionSettings connection, TimeProvider time, ModelEndFile? file)
{
    /// <summary>How long before its end a model counts as one that ends soon.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, ChatModel> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelEnd> _ends = new(StringComparer.Ordinal);
    private readonly object _lock = new();

    /// <summary>Finds a model of which the service told something on this connection.</summary>
    /// <param name="id">Its id, or another name that it was fetched by.</param>
    /// <returns>The model; null where nothing is known.</returns>
    public ChatModel? Find(string id) => _models.TryGetValue(id, out ChatModel? model) ? model : null;

    /// <summary>Remembers what the service told of a model.</summary>
    /// <param name="id">The name that it was fetched by.</param>
    /// <param name="model">The model.</param>
    public void Remember(string id, ChatModel model) => _models[id] = model;

    /// <summary>Tells what is known of a model's end.</summary>
    /// <param name="model">The model as calls name it.</param>
    /// <returns>The end; null where none is known.</returns>
    public ModelEnd? EndOf(string model)
    {
        ModelEnd noted = Noted(model);
        ModelEnd end = Find(model) is { } told && (told.RetiresAt is not null || told.Replacement is not null)
            ? noted with { RetiresAt = told.RetiresAt, Replacement = told.Replacement ?? noted.Replacement }
            : noted;
        return end is { RetiresAt: null, Replacement: null } ? null : end;
    }

    /// <summary>Whether the known end of a model is past.</summary>
    /// <param name="model">The model as calls name it.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOver(string model) => EndOf(model)?.RetiresAt <= time.GetUtcNow();

    /// <summary>Whether a model can be recommended: this process has not heard that it has ended, or ends soon.</summary>
    /// <param name="model">The model as calls name it.</param>
    /// <returns>Whether it can.</returns>
    public bool Lasts(string model) => !(Find(model)?.RetiresAt - time.GetUtcNow() <= Notice);

    /// <summary>Takes on to look at a model today.</summary>
    /// <param name="model">The model as calls name it.</param>
    /// <returns>Whether nobody did before.</returns>
    public bool TakeLook(string model)
    {
        DateTimeOffset now = time.GetUtcNow();
        Noted(model);
        lock (_lock)
        {
            if (IsToday(_ends[model].LookedAt, now))
            {
                return false;
            }

            _ends[model] = _ends[model] with { LookedAt = now };
            return true;
        }
    }

    /// <summary>Takes down what a look found.</summary>
    /// <param name="model">The model as calls name it.</param>
    /// <param name="found">The model; null where there was nothing to find.</param>
    public void NoteLook(string model, ChatModel? found)
    {
        if (found is not null)
        {
            Remember(model, found);
        }

        DateTimeOffset now = time.GetUtcNow();
        Noted(model);
        ModelEnd noted;
        lock (_lock)
        {
            noted = _ends[model] with { LookedAt = now };
            _ends[model] = noted = found is null ? noted : noted with { RetiresAt = found.RetiresAt, Replacement = found.Replacement };
        }

        file?.Put(noted, now);
    }

    /// <summary>Takes on to tell of a model's end today.</summary>
    /// <param name="end">The end.</param>
    /// <returns>Whether nobody did before.</returns>
    public bool TakeTelling(ModelEnd end)
    {
        // Another process may have told it meanwhile, or another thread.
        DateTimeOffset now = time.GetUtcNow();
        ModelEnd noted = Noted(end.Model);
        if (IsToday(noted.ToldAt, now) || IsToday(file?.Find(noted)?.ToldAt, now))
        {
            return false;
        }

        lock (_lock)
        {
            if (IsToday(_ends[end.Model].ToldAt, now))
            {
                return false;
            }

            _ends[end.Model] = noted = _ends[end.Model] with { RetiresAt = end.RetiresAt, Replacement = end.Replacement, ToldAt = now };
        }

        file?.Put(noted, now);
        return true;
    }

    // The file is read and written outside of the lock: a slow disk makes one call wait, and not all.
    private ModelEnd Noted(string model)
    {
        lock (_lock)
        {
            if (_ends.TryGetValue(model, out ModelEnd? noted))
            {
                return noted;
            }
        }

        ModelEnd none = new() { Service = connection.BaseUri, Connection = connection.Name, Model = model };
        ModelEnd read = file?.Find(none) ?? none;
        lock (_lock)
        {
            return _ends.TryGetValue(model, out ModelEnd? other) ? other : _ends[model] = read;
        }
    }

    private static bool IsToday(DateTimeOffset? then, DateTimeOffset now) => then?.UtcDateTime.Date == now.UtcDateTime.Date;
}
