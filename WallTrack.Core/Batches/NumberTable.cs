namespace WallTrack.Batches;

/// <summary>
/// Finds things by their hash; the things themselves, numbered from 0, are kept by whoever asks. Open addressing, at
/// most half full; a slot holds a hash and a number + 1, so that a thing is looked at only when its hash is the same.
/// </summary>
internal sealed class NumberTable
{
    internal const int None = -1;
    private ulong[] _slots = new ulong[1 << 10];
    private int _bits = 10;

    internal int Count { get; private set; }

    internal static uint Hash(int signal, long bits)
    {
        var mixed = ((ulong)bits ^ ((ulong)(uint)signal << 20)) * 0x9E3779B97F4A7C15;
        return (uint)((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 >> 32);
    }

    internal void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>The slot in which to look first.</summary>
    internal int Start(uint hash) => (int)(hash >> (32 - _bits));

    /// <summary>
    /// The number of the next thing with that hash from a slot on, which comes to stand at the slot after it; or
    /// <see cref="None"/>, and the slot is free.
    /// </summary>
    internal int Next(uint hash, ref int slot)
    {
        for (; _slots[slot] is var word && word != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if ((uint)(word >> 32) == hash)
            {
                slot = (slot + 1) & (_slots.Length - 1);
                return (int)(uint)word - 1;
            }
        }

        return None;
    }

    /// <summary>Gives the next number to a new thing, at the free slot to which the search for it has come.</summary>
    internal int Add(uint hash, int slot)
    {
        _slots[slot] = ((ulong)hash << 32) | (uint)++Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        var old = _slots;
        (_slots, _bits) = (new ulong[old.Length * 2], _bits + 1);
        foreach (var word in old)
        {
            if (word != 0)
            {
                var slot = Start((uint)(word >> 32));
                while (_slots[slot] != 0)
                {
                    slot = (slot + 1) & (_slots.Length - 1);
                }

                _slots[slot] = word;
            }
        }
    }
}
