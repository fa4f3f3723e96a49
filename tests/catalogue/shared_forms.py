"""Where the fields of the official forms are in ours, when they go by another name or in pieces."""

from __future__ import annotations

from collections.abc import Mapping

Fields = tuple[str, ...]

OURS: Mapping[str, Fields] = {
    "TK_KHAI_SINH": ("TK_KHAI_SINH", "TK_KHAI_SINH_LAI"),
    "CT01": ("CT01", "CT01_THUONG_TRU", "CT01_GIA_HAN", "CT01_TACH_HO"),
    "DC02": ("DC02", "DC02_CAP", "DC02_CAP_LAI"),
}
"""Official forms that serve several procedures, each with questions of its own."""

_BIRTH = ("tre.ho_ten", "me.ho_ten", "cha.ho_ten", "loai_khai_sinh", "ket_hon.so")

ELSEWHERE: Mapping[tuple[str, str], Fields] = {
    ("CT01", "thanh_vien[]"): (
        "thanh_vien.ho_ten",
        "thanh_vien.so_dinh_danh",
        "thanh_vien.quan_he",
    ),
    ("TK_CAI_CHINH", "gt_ho_tich"): (
        *("gt.loai", "gt.noi_dang_ky", "gt.ngay_dang_ky", "gt.so", "gt.quyen"),
    ),
    ("TK_CAI_CHINH", "tu"): ("sua.tu",),
    ("TK_CAI_CHINH", "thanh"): ("sua.thanh",),
    ("TK_LLTP", "vo_chong"): ("vo_chong.co", "vo_chong.ho_ten", "vo_chong.ngay_sinh"),
    ("TK_LLTP", "qua_trinh[]"): (
        *("qua_trinh.tu", "qua_trinh.den", "qua_trinh.noi", "qua_trinh.nghe"),
    ),
    ("TK01_HOCHIEU", "cha"): ("cha.ho_ten", "cha.ngay_sinh"),
    ("TK01_HOCHIEU", "me"): ("me.ho_ten", "me.ngay_sinh"),
    ("TK01_HOCHIEU", "vo_chong"): ("vo_chong.ho_ten", "vo_chong.ngay_sinh"),
    ("TK01_HOCHIEU", "hc_cu"): ("hc_cu.so", "hc_cu.ngay_cap"),
    ("GPLX_PL12", "co_quan_cap"): ("co_quan_cap", "ngay_cap"),
    ("HKD_M1", "nganh_nghe[]"): ("nganh_chinh.ten", "nganh_chinh.ma", "nganh_nghe.ten"),
    ("HKD_M1", "thanh_vien[]"): ("thanh_vien.ho_ten", "thanh_vien.so_dinh_danh"),
    ("HKD_M2", "gia_tri_moi"): (
        *("moi.ten", "moi.tru_so", "moi.nganh_nghe", "moi.von", "moi.chu_ho"),
        *("moi.thanh_vien", "moi.thue"),
    ),
    ("DAT_M18", "giay_to"): ("giay_to_so",),
    ("DAT_M18", "dien_thoai"): ("dien_thoai", "email"),
    ("DAT_M18", "gcn_so_vao_so"): ("gcn_so_vao_so", "gcn_ngay_cap"),
    ("DAT_M18", "giay_to_kem[]"): ("ban_chup_gcn", "hop_dong", "trich_do"),
    ("TK_TROGIUP_1D", "giay_kt"): ("giay_kt.so", "giay_kt.ngay", "giay_kt.noi"),
    ("TK_TROGIUP_1D", "nguoi_khai"): (
        *("nguoi_khai.ho_ten", "nguoi_khai.so_dinh_danh", "nguoi_khai.quan_he"),
    ),
    ("DON_KHUYETTAT", "dai_dien.cccd"): ("dai_dien.so_dinh_danh",),
    ("DN_HONGHEO", "thanh_vien[]"): ("thanh_vien.ho_ten", "thanh_vien.quan_he"),
    ("MSNS_01", "dv_cap_tren"): ("dv_cap_tren.ten", "dv_cap_tren.ma"),
    ("MSNS_01", "co_quan_chu_quan"): ("co_quan_chu_quan.ten", "co_quan_chu_quan.ma"),
    ("MSNS_01", "qd_thanh_lap"): ("qd_thanh_lap.so", "qd_thanh_lap.ngay", "qd_thanh_lap.co_quan"),
    ("GIA_PL4_M01", "ben_de_nghi"): ("ben_de_nghi.ten", "ben_de_nghi.mst"),
    ("TK_LIEN_THONG_KS", "_ke_thua"): _BIRTH,
    ("TK_LIEN_THONG_KS", "thuong_tru.chu_ho"): (
        *("thuong_tru.chu_ho", "thuong_tru.cccd_chu_ho", "thuong_tru.quan_he"),
    ),
}
"""Official form and field → our fields, or papers to send."""

LET_SKIP = {
    ("TK_KHAI_TU", "nct.so_dinh_danh"),
    ("TK_KHAI_TU", "nct.loai_giay_to"),
    ("TK_KHAI_TU", "nct.ngay_cap"),
    ("TK_KHAI_TU", "nct.noi_cap"),
    ("TK_LLTP", "cha.ho_ten"),
    ("TK_LLTP", "me.ho_ten"),
}
"""The dead may never have had a paper, and not everybody knows a father or a mother."""
