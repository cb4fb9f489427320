BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Edit-ChatImage' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $pictures = 'a', 'b' | New-ChatImage -Size 64x64 -OutDirectory $folder
        $before = @(Get-TestRequest).Count
    }

    It 'edits each piped picture by itself' {
        $edited = Get-ChildItem $folder | Sort-Object Name | Edit-ChatImage 'Make it night' -Size 128x128
        $edited.Width | Should -Be 128, 128
        $edited.Prompt | Should -BeExactly 'Make it night', 'Make it night'
        $edited.Input.Name | Should -Be '0001.png', '0002.png'
        @(Get-TestRequest).Count | Should -Be ($before + 2)
    }

    It 'puts the pictures of a list into one request' {
        Edit-ChatImage 'Join them' $pictures.Path | Should -HaveCount 1
        @(Get-TestRequest).Count | Should -Be ($before + 1)
        (Get-TestRequest)[-1].Path | Should -Be '/v1/images/edits'
    }

    It 'takes objects, bytes and a mask' {
        ($pictures[0] | Edit-ChatImage 'x' -Mask $pictures[1].Path -InputFidelity high).Prompt | Should -BeExactly 'x'
        $bytes = [IO.File]::ReadAllBytes($pictures[0].Path)
        Edit-ChatImage x $bytes | Should -HaveCount 1
        (Edit-ChatImage x -Image (New-ChatImage a -Size 64x64)).Prompt | Should -BeExactly 'x'
        New-ChatImage one -Size 64x64 | Edit-ChatImage two | Edit-ChatImage three -PartialImage 1 | Where-Object { -not $_.IsPartial } | Should -HaveCount 1
    }

    It 'refuses what is no picture before anything is sent' {
        $none = Join-Path $TestDrive none.png
        Set-Content $none 'no picture'
        $small = New-ChatImage a -Size 32x32 -OutDirectory (Join-Path $folder small)
        $before = @(Get-TestRequest).Count
        foreach ($script in { Edit-ChatImage x $none }, { Edit-ChatImage x (Join-Path $TestDrive missing.png) }, { Edit-ChatImage x $pictures[0].Path -Mask $small.Path }, { Edit-ChatImage x (@($pictures[0].Path) * 17) }) {
            (Get-Failure $script)[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        }
        @(Get-TestRequest).Count | Should -Be $before
    }

    It 'says that a folder is one' {
        $failures = Get-Failure { Edit-ChatImage x $folder }
        $failures[0] | Should -BeLike "*-Image*is a folder*"
        Get-Advice $failures[0] | Should -BeLike '*Get-ChildItem*'
    }

    It 'says that a picture at an address has to be saved first' {
        (New-ChatImage a -Model dall-e-3 | ForEach-Object { Get-Failure { $_ | Edit-ChatImage x } })[0] | Should -BeLike '*address*'
    }

    It 'knows by its content what was edited before' {
        $checkpoint = Join-Path $TestDrive edits.jsonl
        $null = Edit-ChatImage x $pictures[0].Path -CheckpointPath $checkpoint
        Copy-Item $pictures[0].Path (Join-Path $folder copy.png)
        $null = Edit-ChatImage x (Join-Path $folder copy.png) -CheckpointPath $checkpoint
        @(Get-TestRequest).Count | Should -Be ($before + 1)
        $null = Edit-ChatImage x $pictures[1].Path -CheckpointPath $checkpoint
        @(Get-TestRequest).Count | Should -Be ($before + 2)
    }

    It 'edits in the dialect Gemini' {
        $null = Connect-ChatService -Sandbox -Name Other -Dialect Gemini -Model sandbox-mini
        (Edit-ChatImage x $pictures[0].Path -Connection Other).MediaType | Should -Be 'image/png'
        Disconnect-ChatService Other
    }
}
