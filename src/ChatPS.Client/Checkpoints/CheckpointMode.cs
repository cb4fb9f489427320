namespace ChatPS.Client.Checkpoints;

/// <summary>What happens to a checkpoint file that is already there.</summary>
public enum CheckpointMode
{
    /// <summary>Its answers are used. Other parameters than those it was made with are an error.</summary>
    Resume,

    /// <summary>Its answers are kept and used where they fit; those made with other parameters are added.</summary>
    Append,

    /// <summary>Its answers are thrown away.</summary>
    Replace,
}
