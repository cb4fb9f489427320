namespace ChatPS.Client.Connections;

/// <summary>What a family of services offers besides chat and a list of models.</summary>
[Flags]
internal enum ServiceOffer
{
    None = 0,

    /// <summary>Legacy text completions.</summary>
    TextCompletions = 1,

    /// <summary>Moderations.</summary>
    Moderations = 2,

    /// <summary>Chat completions that the service keeps.</summary>
    StoredCompletions = 4,

    /// <summary>What is left of the account.</summary>
    Quota = 8,

    /// <summary>Responses that the service keeps, and the counting of tokens.</summary>
    Responses = 16,
}
