BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Save-ChatFile' {
    BeforeEach {
        Connect-TestSandbox
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        'one', 'two' | ForEach-Object { Set-Content (Join-Path $TestDrive "$_.txt") $_ }
        $one, $two = 'one', 'two' | ForEach-Object { Join-Path $TestDrive "$_.txt" } | Add-ChatFile
    }

    It 'saves one file under the name that is given' {
        $saved = Save-ChatFile $one.Id (Join-Path $TestDrive "$([guid]::NewGuid()).txt")
        $saved | Should -BeOfType IO.FileInfo
        Get-Content $saved.FullName | Should -Be 'one'
    }

    It 'saves what is piped into a folder, by ids and harmless endings' {
        $saved = $one, $two | Save-ChatFile -Path $folder
        $saved.Name | Should -Be "$($one.Id).txt", "$($two.Id).txt"
        Get-Content $saved.FullName | Should -Be 'one', 'two'
        $script = Add-ChatFile (Join-Path $TestDrive one.txt) -Name ../../run.ps1
        ($script | Save-ChatFile -Path $folder).Name | Should -Be "$($script.Id).bin"
    }

    It 'leaves what is there alone, unless -Force is given' {
        $path = Join-Path $TestDrive kept.txt
        Set-Content $path 'kept'
        { Save-ChatFile $one.Id $path } | Should -Throw '*exists*'
        Get-Content $path | Should -Be 'kept'
        $null = Save-ChatFile $one.Id $path -Force
        Get-Content $path | Should -Be 'one'
    }

    It 'puts two files into one file never' {
        $saved = $one, $two | Save-ChatFile -Path (Join-Path $TestDrive "$([guid]::NewGuid()).txt") -ErrorAction SilentlyContinue -ErrorVariable e
        $saved | Should -HaveCount 1
        $e[0].TargetObject.Id | Should -Be $two.Id
    }

    It 'goes on where a download broke off' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'ResetMidStream'; Path = '*/content'; Times = 1 } }
        $path = Join-Path $TestDrive long.txt
        [IO.File]::WriteAllText($path, 'line ' * 100000)
        $file = Add-ChatFile $path
        $copy = Save-ChatFile $file.Id (Join-Path $TestDrive "$([guid]::NewGuid()).txt")
        $copy.Length | Should -Be 500000
        @(Get-TestRequest | Where-Object Path -Like '*/content') | Should -HaveCount 2
    }

    It 'leaves nothing behind where the service refuses' {
        $file = Add-ChatFile (Join-Path $TestDrive one.txt) -Purpose assistants
        $file | Save-ChatFile -Path $folder -ErrorAction SilentlyContinue -ErrorVariable e
        $e[0].Exception.Message | Should -BeLike '*Not allowed*'
        Get-ChildItem $folder -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'saves nothing with -WhatIf' {
        $one | Save-ChatFile -Path $folder -WhatIf
        $folder | Should -Not -Exist
    }
}
